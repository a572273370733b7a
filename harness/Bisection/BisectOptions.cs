using Harness.Probes;
using Harness.Runs;

namespace Harness.Bisection;

/// <summary>The options of <c>harness bisect</c>; paths are as they were typed.</summary>
public sealed record BisectOptions
{
    /// <summary>The case's id; a pattern with <see cref="All"/>.</summary>
    public required string Case { get; init; }

    /// <summary>One end: a kernel's id or version, or a revision of the tree.</summary>
    public required string Good { get; init; }

    /// <summary>Further commits that are as good.</summary>
    public IReadOnlyList<string> FurtherGood { get; init; } = [];

    /// <summary>Revisions or ranges of commits that are known to tell nothing.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>The other end; which one is older does not matter.</summary>
    public required string Bad { get; init; }

    /// <summary>Test every kernel between the ends, and name every change.</summary>
    public bool All { get; init; }

    /// <summary>The bisection's directory; <c>null</c> for one in the checkout's <c>results/</c>.</summary>
    public string? Out { get; init; }

    /// <summary>What the options of probes were given.</summary>
    public ProbeOptionValues Probes { get; init; } = ProbeOptionValues.None;

    public MatrixSelection Selection { get; init; } = new();

    public BootSettings Boot { get; init; } = new();
}
