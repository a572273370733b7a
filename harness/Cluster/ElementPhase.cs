namespace Harness.Cluster;

/// <summary>How far an element has come.</summary>
internal enum ElementPhase
{
    /// <summary>It waits for a node.</summary>
    Waiting,

    /// <summary>It runs, or has just ended and has not said how.</summary>
    Running,

    /// <summary>It has tested its share.</summary>
    Finished,

    /// <summary>This attempt has failed, and another may do better.</summary>
    Failed,

    /// <summary>It has failed, and would fail again, or has failed too often.</summary>
    GivenUp,

    /// <summary>Somebody has cancelled it.</summary>
    Cancelled,
}
