namespace Harness.Story;

/// <summary>How a run was made, in sentences.</summary>
public sealed record RunConditions
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, as a part of a sentence: "took 91 s; 2 VMs at a time, 90 s each at most."</summary>
    public required string Took { get; init; }

    public required Sentence Accelerator { get; init; }

    /// <summary>The harness and its prober; the sentence ends, or goes on with the selection.</summary>
    public required Sentence Program { get; init; }

    /// <summary>The patterns that chose the cases; empty for all cases.</summary>
    public required IReadOnlyList<string> Selection { get; init; }

    public required Sentence Host { get; init; }

    public required Sentence Parameters { get; init; }

    /// <summary>What probes say of how they were built; not in the text report, which has chapters of theirs.</summary>
    public required IReadOnlyList<Sentence> ProbeFacts { get; init; }

    public required IReadOnlyList<Sentence> Notes { get; init; }
}
