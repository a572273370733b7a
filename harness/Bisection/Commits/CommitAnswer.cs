using System.Text.Json.Serialization;

namespace Harness.Bisection.Commits;

/// <summary>The answer of a bisection over commits.</summary>
/// <param name="Older">The older end's verdict, <paramref name="Newer"/> the newer end's.</param>
/// <param name="Confirmed">The culprit's parent was built from an empty directory and the culprit on top of it; both
/// were booted again, and gave the same verdicts.</param>
/// <param name="Suspects">When the answer is a range: one of these commits changed the verdict.</param>
public sealed record CommitAnswer(
    BisectResult Result, string Sentence, FoundCommit? Culprit, bool Confirmed, Verdict? Older, Verdict? Newer,
    [property: JsonPropertyName("candidates")] IReadOnlyList<NamedCommit> Suspects)
{
    /// <summary>
    /// What the culprit and its parent said when they were built anew; <c>null</c> when they confirmed it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unconfirmed { get; init; }

    /// <summary>What came of the culprit's revert; <c>null</c> without a confirmed culprit.</summary>
    public RevertProof? Revert { get; init; }

    /// <summary>Why the culprit may be none, each as a sentence without its full stop.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>The bisection has ended, so that its worktree is no longer needed.</summary>
    [JsonIgnore]
    public bool IsFinal => Result is not BisectResult.Interrupted;
}
