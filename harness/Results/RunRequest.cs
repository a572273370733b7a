namespace Harness.Results;

/// <summary>What a run was asked to do: enough for <c>--resume</c> to go on.</summary>
/// <param name="Matrix">The matrix file, absolute; <c>null</c> when only images were given.</param>
/// <param name="Images">Kernel images given instead of a matrix, absolute.</param>
public sealed record RunRequest(
    string RunId,
    DateTimeOffset StartedAt,
    string? Matrix,
    IReadOnlyList<string> Images,
    bool Locked,
    IReadOnlyList<string> Only,
    IReadOnlyList<string> CaseGlobs,
    string ProberSha256)
{
    /// <summary>The hashes of the probe's further programs, which ask some of its cases.</summary>
    public IReadOnlyList<string> FurtherProbers { get; init; } = [];

    /// <summary>
    /// What the options of probes were given, by the option's name; paths are absolute. Empty where the matrix says
    /// what is asked.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ProbeOptions { get => field ?? Empty; init; }

    /// <summary>
    /// Which cases the matrix's entries of probes ask for, a text for each entry that chooses some; <c>null</c> in runs
    /// that were begun before this was noted.
    /// </summary>
    public IReadOnlyList<string>? EntryCases { get; init; }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Empty { get; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The share of the kernels that the run tests, such as <c>2/3</c>; <c>null</c> for all.</summary>
    public string? Shard { get; init; }

    /// <summary>The lock that was named (<c>--lock</c>), absolute; <c>null</c> for none.</summary>
    public string? Lock { get; init; }

    /// <summary>How often each kernel is booted with each prober.</summary>
    public int Repeat { get => Math.Max(1, field); init; }

    /// <summary>The run takes over what earlier ones measured (<c>--reuse</c>).</summary>
    public bool Reuse { get; init; }

    /// <summary>With it, days within which each kernel is measured anew; <c>null</c> for never.</summary>
    public int? RenewDays { get; init; }

    /// <summary>Which snapshots of kernels the run uses and makes (<c>--cold</c>, <c>--warm</c>).</summary>
    public SnapshotUse Snapshots { get => field ?? SnapshotUse.None; init; }

    /// <summary>The run to compare this one with, absolute; <c>null</c> for none.</summary>
    public string? Baseline { get; init; }
}
