using Harness.Guest;
using Harness.Kernels;
using Harness.Kernels.Debian;
using Harness.Matrix;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>One kernel that a run is to test, and who stands in when the archive does not serve it.</summary>
public sealed record PlannedKernel(Kernel Kernel, KernelPick? Pick = null);

/// <summary>Everything a run needs, validated: nothing here can turn out to be a usage error.</summary>
/// <param name="Request">What was asked for; kept in the journal for <c>--resume</c>.</param>
/// <param name="Kernels">To be tested, in the matrix's order; does not contain those in <paramref name="Resumed"/>.</param>
/// <param name="Resumed">Results of an earlier part of the run that stand.</param>
/// <param name="Cases">The cases selected, in the prober's order.</param>
/// <param name="Directory">The run directory.</param>
/// <param name="Timeout">One VM; <c>null</c> for the accelerator's default.</param>
/// <param name="Shuffle">Runs the cases in an order made from this number; <c>null</c> for the table's.</param>
/// <param name="Notes">What resolving the matrix had to say.</param>
public sealed record RunPlan(
    RunRequest Request,
    IReadOnlyList<PlannedKernel> Kernels,
    IReadOnlyList<KernelResult> Resumed,
    IReadOnlyList<Expectation> Expectations,
    Prober Prober,
    IReadOnlyList<ProberCase> Cases,
    IReadOnlyList<Glob> CaseGlobs,
    string Directory,
    AcceleratorWish Accelerator,
    TimeSpan? Timeout,
    int Jobs,
    uint? Shuffle,
    IReadOnlyList<string> Notes);

/// <summary>Where a run directory keeps what (design: run directory).</summary>
public sealed record RunDirectory(string Path)
{
    public string Console(string kernelId) => System.IO.Path.Combine(Path, ConsoleRelative(kernelId));

    public string Ktap(string kernelId) => System.IO.Path.Combine(Path, "ktap", kernelId + ".ktap");

    /// <summary>A VM's own directory, gone when it has ended.</summary>
    public string Work(string kernelId) => System.IO.Path.Combine(Path, "tmp", kernelId);

    public static string ConsoleRelative(string kernelId) => $"console/{kernelId}.log";
}
