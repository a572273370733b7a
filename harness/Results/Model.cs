using System.Text.Json.Serialization;

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

    /// <summary>The image is not to be had, or fails verification.</summary>
    Unavailable,

    /// <summary>Our side: QEMU would not start, the disk is full.</summary>
    InfraError,

    /// <summary>Interrupted before it was tested.</summary>
    NotRun,
}

/// <summary>What is said of one case on one kernel.</summary>
public enum CaseStatus
{
    /// <summary>The kernel did what is wanted.</summary>
    Pass,

    /// <summary>It did the opposite.</summary>
    Fail,

    /// <summary>The kernel lacks what the case needs.</summary>
    Skip,

    /// <summary>No verdict.</summary>
    Error,

    /// <summary>Repeats disagree.</summary>
    Flaky,
}

public enum Outcome
{
    Accept,
    Reject,
}

/// <summary>What one of several boots said of a flaky case.</summary>
/// <param name="Repeat">Counted from 1; one that came to no answer is missing.</param>
public sealed record CaseAttempt(int Repeat, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno, string? Reason);

/// <summary>One case on one kernel.</summary>
/// <param name="Id"><c>LAYER.OUTER.INNER.TEMPLATE.CANDIDATE[.VARIANT]</c>.</param>
/// <param name="Want">What a portable program wants of a kernel.</param>
/// <param name="Step">Where the kernel answered with an error: <c>btf_load</c>, <c>template</c>, <c>outer</c>, <c>inner</c>, <c>update</c>, …</param>
/// <param name="Errno">By name: <c>EINVAL</c>.</param>
/// <param name="Expected">The status that the matrix expects; <c>pass</c> where no entry foresees another.</param>
/// <param name="Cause">Why it fails, where an expectation or a rule knows.</param>
/// <param name="Workaround">What to do instead.</param>
/// <param name="Source">Where the cause is known from.</param>
public sealed record CaseResult(
    [property: JsonConverter(typeof(SharedTextConverter))] string Id,
    Outcome Want,
    Outcome? Outcome,
    [property: JsonConverter(typeof(SharedTextConverter))] string? Step,
    [property: JsonConverter(typeof(SharedTextConverter))] string? Errno,
    CaseStatus Status,
    CaseStatus Expected,
    [property: JsonConverter(typeof(SharedTextConverter))] string? Reason,
    [property: JsonConverter(typeof(SharedTextConverter))] string? Cause,
    [property: JsonConverter(typeof(SharedTextConverter))] string? Workaround,
    [property: JsonConverter(typeof(SharedTextConverter))] string? Source = null)
{
    /// <summary>Only what differs from what the status says, so that equal results are equal records.</summary>
    private bool? _asExpected;

    /// <summary>
    /// Status, and step and errno where the expectation names them, are as expected; where a document does not say, the
    /// status alone decides.
    /// </summary>
    public bool AsExpected
    {
        get => _asExpected ?? Status == Expected;
        // Not init: the JSON generator would set what a document leaves out, to false.
        set => _asExpected = value == (Status == Expected) ? null : value;
    }

    /// <summary>Each repeat's answer, where they disagree: then the case has no outcome, step or errno of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CaseAttempt>? Attempts { get; init; }
}

/// <summary>One kernel's row.</summary>
/// <param name="Release">What <c>uname -r</c> said in the guest; <c>null</c> when it never said.</param>
/// <param name="Version">The upstream version, <c>6.1.192</c>.</param>
/// <param name="Sha256">Of the image, as its vendor ships it.</param>
/// <param name="Attempts">1, and 1 more for each boot that was tried again, whichever prober and repeat it was for; 0 when it never came to a boot.</param>
/// <param name="Seconds">From the start of its first VM to the end of its last.</param>
/// <param name="Console">The console's log, relative to the run directory; of several boots, the one that decided the status.</param>
public sealed record KernelResult(
    string Id,
    string? Release,
    string? Version,
    string Arch,
    string Source,
    string? Sha256,
    KernelStatus Status,
    string? Reason,
    int Attempts,
    double Seconds,
    string? Console,
    [property: JsonPropertyOrder(1)] IReadOnlyList<CaseResult> Cases)
{
    /// <summary>Only what differs from what the status says, so that equal results are equal records.</summary>
    private bool? _asExpected;

    /// <summary>
    /// The status is <c>tested</c>, or one that an expectation foresees, or that of a kernel which a rule chose and the
    /// archive does not serve; where a document does not say, only <c>tested</c> is.
    /// </summary>
    public bool AsExpected
    {
        get => _asExpected ?? Status == KernelStatus.Tested;
        // Not init: the JSON generator would set what a document leaves out, to false.
        set => _asExpected = value == (Status == KernelStatus.Tested) ? null : value;
    }

    /// <summary>Asked for by name, not chosen by a rule.</summary>
    public bool ByName { get; init; }

    /// <summary>What a reader should know of the choice: which kernel this one stands in for.</summary>
    public string? Note { get; init; }

    /// <summary>Of a commit, its committer's date: the order of kernels of one version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>Booted as its vendor ships it, without the run's parameters that only save time, as it did not reach the prober with them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BootedPlain { get; init; }

    /// <summary>The last lines of the console of a kernel that is not <c>tested</c>, made harmless; left out where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConsoleExcerpt { get; init; }

    /// <summary>Of the first prober's last VM, from its first sign to the end of its report; <c>null</c> without one.</summary>
    public double? ProbeSeconds { get; init; }
}

/// <summary>The prober that measured: the first one, which runs all cases; <see cref="RunInfo.Libbpf"/> has the further ones.</summary>
/// <param name="Sha256">Of the static binary.</param>
/// <param name="Cases">How many cases it was asked to run.</param>
public sealed record ProberInfo(string Sha256, int Cases = 0);

/// <summary>The machine that ran the matrix, as far as it matters to a reader.</summary>
/// <param name="Virtme">virtme-ng's version.</param>
public sealed record HostInfo(
    string Os = HostInfo.Unknown, string Kernel = HostInfo.Unknown, string Cpu = HostInfo.Unknown, int Cores = 0,
    string Qemu = HostInfo.Unknown, string Virtme = HostInfo.Unknown)
{
    public const string Unknown = "unknown";
}

/// <summary>How the run was made. What is no parameter here may be missing in documents that others wrote.</summary>
/// <param name="Complete">Every kernel was tried: the run was not interrupted.</param>
public sealed record RunInfo(
    string Id,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    bool Complete,
    string Accel,
    string Harness,
    ProberInfo Prober,
    HostInfo Host)
{
    /// <summary>Why this accelerator, when it is not the one hoped for.</summary>
    public string? AccelNote { get; init; }

    /// <summary>The matrix file's name, or <c>images</c>.</summary>
    public string Matrix { get => field ?? ""; init; }

    /// <summary>The selection of cases; empty for all.</summary>
    public IReadOnlyList<string> CaseGlobs { get => field ?? []; init; }

    public string KernelParameters { get => field ?? ""; init; }

    /// <summary>VMs at a time; 0 when the document does not say.</summary>
    public int Jobs { get; init; }

    /// <summary>What one VM may take; 0 when the document does not say.</summary>
    public double TimeoutSeconds { get; init; }

    /// <summary>What a reader should know: stale indexes, suites left out.</summary>
    public IReadOnlyList<string> Notes { get => field ?? []; init; }

    /// <summary>How often each kernel was booted with each prober; 1 when the document does not say.</summary>
    public int Repeat { get => Math.Max(1, field); init; }

    /// <summary>The compilers of the BPF objects, the default one first; empty in runs older than this field.</summary>
    public IReadOnlyList<ToolchainInfo> Toolchains { get => field ?? []; init; }

    /// <summary>The libbpfs, the machine's first, each with the prober that holds it; empty in runs older than this field.</summary>
    public IReadOnlyList<LibbpfInfo> Libbpf { get => field ?? []; init; }
}

/// <summary>Adjacent tested kernels on which a case has the same status.</summary>
/// <param name="From">The first version measured, <c>5.10.218</c>.</param>
/// <param name="To">The last version measured.</param>
/// <param name="Kernels">How many were measured from one to the other.</param>
public sealed record Segment(CaseStatus Status, string From, string To, int Kernels);

/// <summary>A case's verdicts over the versions of one architecture that were measured.</summary>
public sealed record CaseRange(string Case, string Arch, IReadOnlyList<Segment> Segments);

/// <summary>One end of a transition: a kernel, and what the case came to on it.</summary>
/// <param name="Kernel">The kernel's id.</param>
public sealed record TransitionEnd(string Kernel, string? Version, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno);

/// <summary>A case's status differs between two kernels, of one architecture, that were measured one after the other.</summary>
/// <param name="Cause">Of the end that is not as wanted, where an expectation or a rule knows it.</param>
public sealed record Transition(string Case, Outcome Want, string Arch, TransitionEnd From, TransitionEnd To, string? Cause, string? Source);

/// <summary>results.json: what every program after the run reads.</summary>
public sealed record RunDocument(
    int SchemaVersion,
    RunInfo Run,
    IReadOnlyList<KernelResult> Kernels,
    IReadOnlyList<CaseRange> Ranges)
{
    public const int CurrentSchemaVersion = 1;

    /// <summary>Every change between adjacent kernels; missing in results of early versions.</summary>
    public IReadOnlyList<Transition> Transitions { get => field ?? []; init; }

    /// <summary>What changed since the run given as <c>--baseline</c>; missing without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunChanges? Baseline { get; init; }
}
