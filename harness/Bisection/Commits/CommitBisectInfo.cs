using System.Text.Json.Serialization;
using Harness.Kernels.Git;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>How a bisection over commits was asked and measured.</summary>
/// <param name="Good">The good end; <c>null</c> when it was looked for and not found.</param>
/// <param name="Configuration">A hash of configuration and toolchain.</param>
public sealed record CommitBisectInfo(
    string Id, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string Harness, ProberInfo Prober, string? Accel,
    string? KernelParameters, string Case, NamedCommit? Good, NamedCommit Bad, bool FirstParent,
    IReadOnlyList<string> Paths, string Configuration, int Repeat)
{
    /// <summary>The good end was looked for among the releases before the bad one.</summary>
    public bool GoodIsFound { get; init; }

    /// <summary>Further commits that were given as good.</summary>
    public IReadOnlyList<NamedCommit> FurtherGood { get; init; } = [];

    /// <summary>The compilers that were given, with what each says about itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Compiler>? Compilers { get; init; }

    /// <summary>Commits that were given as telling nothing.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];
}
