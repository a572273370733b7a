using System.Globalization;
using Harness.Analysis;
using Harness.Guest;
using Harness.Kernels;
using Harness.Machines;
using Harness.Matrix;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

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
    IReadOnlyList<string> Notes)
{
    /// <summary>Boots kernels as their vendor ships them, without what only saves time (<see cref="KernelParameters.Lean"/>).</summary>
    public bool Plain { get; init; }

    /// <summary>Parts of the kernel that none of the run's probes uses: boots that are not plain leave them out.</summary>
    public IReadOnlySet<KernelArea> DoesWithout { get; init; } = new HashSet<KernelArea>();

    /// <summary>How often each kernel is booted with each prober.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The run to hold this one against; <c>null</c> for none.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>The probers that run layer libbpf again with another libbpf, each in a boot of its own.</summary>
    public IReadOnlyList<ProberTask> Further { get; init; } = [];

    /// <summary>What was found in the BPF objects before any boot.</summary>
    public IReadOnlyList<ToolchainInfo> Toolchains { get; init; } = [];

    /// <summary>All probers that have cases to run, the one that runs all first.</summary>
    public IEnumerable<ProberTask> Tasks => Further.Prepend(new ProberTask(Prober, Cases)).Where(t => t.Cases.Count > 0);
}

/// <summary>A prober, and the cases that it is asked to run, in its order.</summary>
public sealed record ProberTask(Prober Prober, IReadOnlyList<ProberCase> Cases);

/// <summary>Where a run directory keeps what (design: run directory).</summary>
/// <param name="Path">The run directory.</param>
public sealed record RunDirectory(string Path)
{
    /// <param name="label">Of the boot (<see cref="Label"/>), when it is a further one: its files lie beside those of the first.</param>
    public string Console(string kernelId, string label = "") => System.IO.Path.Combine(Path, ConsoleRelative(kernelId, label));

    public string Ktap(string kernelId, string label = "") => System.IO.Path.Combine(Path, "ktap", Name(kernelId, label) + ".ktap");

    /// <summary>A VM's own directory, gone when it has ended.</summary>
    public string Work(string kernelId) => System.IO.Path.Combine(Path, "tmp", kernelId);

    public static string ConsoleRelative(string kernelId, string label = "") => $"console/{Name(kernelId, label)}.log";

    /// <summary>What tells a boot's files from those of the kernel's first: its prober, and which repeat it is.</summary>
    public static string Label(string prober, int repeat) => string.Join('.',
        new[] { prober, repeat == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"repeat-{repeat}") }.Where(part => part.Length > 0));

    private static string Name(string kernelId, string label) => label.Length == 0 ? kernelId : $"{kernelId}.{label}";
}
