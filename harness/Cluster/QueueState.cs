namespace Harness.Cluster;

/// <summary>What a cluster says of an element.</summary>
internal enum QueueState
{
    /// <summary>It waits for a node.</summary>
    Waiting,

    /// <summary>It runs, or is about to end.</summary>
    Running,

    /// <summary>Its program has ended.</summary>
    Ended,

    /// <summary>The cluster has ended it: its node died, or it used more time or memory than it may.</summary>
    Lost,

    /// <summary>Somebody has cancelled it.</summary>
    Cancelled,
}
