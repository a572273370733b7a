using Harness.Kernels;
using Harness.Machines;
using Harness.Results;

namespace Harness.Runs;

/// <summary>What happens in a run, when it happens. The engine sends events; only the command line draws.</summary>
public abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <param name="Kernels">The kernels to test, in the matrix's order.</param>
    /// <param name="Resumed">Results of the run that is resumed, which are not measured again.</param>
    /// <param name="Cases">Of each kernel.</param>
    /// <param name="Jobs">VMs at a time.</param>
    public sealed record Started(
        IReadOnlyList<Kernel> Kernels, IReadOnlyList<KernelResult> Resumed, int Cases, int Jobs, string Directory)
        : RunEvent;

    /// <summary>Something that a reader should know, such as a stale index.</summary>
    public sealed record Noted(string Text) : RunEvent;

    /// <summary>KVM is being proven by booting a kernel.</summary>
    public sealed record ProvingKvm(string KernelId) : RunEvent;

    public sealed record AcceleratorChosen(Accelerator Accelerator, string? Note) : RunEvent;

    public sealed record Downloading(string KernelId, long Received, long? Total) : RunEvent;

    /// <summary>The kernel is built from source.</summary>
    public sealed record Building(string KernelId) : RunEvent;

    /// <summary>What a build is at. It is told again every few seconds while nothing changes.</summary>
    public sealed record BuildProgressed(string KernelId, BuildProgress Progress) : RunEvent;

    /// <param name="FromCache">It was neither downloaded nor built now.</param>
    /// <param name="Built">It was built, not downloaded, as it was not in the cache.</param>
    public sealed record ImageReady(string KernelId, bool FromCache, bool Built = false) : RunEvent;

    /// <summary>The archive does not serve a kernel; another takes its place.</summary>
    public sealed record StandIn(Kernel Kernel, string For) : RunEvent;

    /// <summary>An attempt failed for a reason on this side or in the network; another follows after a wait.</summary>
    public sealed record Retrying(string KernelId, RetryStage Stage, Retry Retry) : RunEvent;

    public sealed record Booting(string KernelId, int Attempt) : RunEvent
    {
        /// <summary>The label of the program, when it is not the run's first; else empty.</summary>
        public string Prober { get; init; } = "";

        /// <summary>Which of several boots of the kernel, counted from 1.</summary>
        public int Repeat { get; init; } = 1;
    }

    /// <summary>A kernel was booted that could not be restored, or cannot be next time.</summary>
    public sealed record BootedCold(string KernelId, string Reason) : RunEvent;

    /// <param name="Done">Cases finished, from 0.</param>
    public sealed record Probing(string KernelId, int Done, int Total) : RunEvent;

    public sealed record Finished(KernelResult Result) : RunEvent;
}
