namespace Harness.Story;

/// <summary>What a verdict, or several together, say at a glance. Each format shows them in its own way.</summary>
public enum Mark
{
    /// <summary>Nothing was measured.</summary>
    None,

    /// <summary>All as wanted.</summary>
    Pass,

    /// <summary>All the opposite of what is wanted.</summary>
    Fail,

    /// <summary>Some as wanted, and some the opposite.</summary>
    Mixed,

    /// <summary>The kernel lacks what the cases need.</summary>
    Skip,

    /// <summary>Some gave no verdict, or more than one.</summary>
    Error,
}
