namespace Harness.Results;

/// <summary>How far a kernel came (docs/contract.md §6).</summary>
public enum KernelStatus
{
    /// <summary>The prober's report is whole.</summary>
    Tested,

    /// <summary>Panic or reset before the prober.</summary>
    BootFailed,

    /// <summary>The deadline passed before the prober.</summary>
    BootTimeout,

    /// <summary>The kernel oopsed or panicked while probing; finished cases are kept.</summary>
    Crashed,

    /// <summary>The deadline passed while probing; finished cases are kept.</summary>
    ProbeTimeout,

    /// <summary>The prober died, or its output is not whole.</summary>
    ProbeError,

    /// <summary>The image cannot be had, or fails verification.</summary>
    Unavailable,

    /// <summary>The harness's side failed: QEMU would not start, the disk is full.</summary>
    InfraError,

    /// <summary>Interrupted before it was tested, or in a share of the matrix that nobody ran.</summary>
    NotRun,
}
