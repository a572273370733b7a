namespace Harness.Results;

/// <summary>What became of a kernel between two runs.</summary>
public enum KernelChangeKind
{
    /// <summary>Only the newer run has it.</summary>
    Came,

    /// <summary>Only the older run has it.</summary>
    Went,

    /// <summary>It was tested, and no longer could be.</summary>
    NewlyUntestable,

    /// <summary>It could not be tested, and now was.</summary>
    NewlyTestable,

    /// <summary>Tested in neither run, each time for another reason.</summary>
    OtherStatus,
}
