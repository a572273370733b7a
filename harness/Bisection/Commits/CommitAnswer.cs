using System.Text.Json.Serialization;

namespace Harness.Bisection.Commits;

/// <summary>The answer.</summary>
/// <param name="Older">The older end's verdict, <paramref name="Newer"/> the newer end's.</param>
/// <param name="Confirmed">The culprit's parent was built from nothing, the culprit on top of it, both were booted anew, and they said the same.</param>
/// <param name="Candidates">When the answer is a range: one of these it is.</param>
public sealed record CommitAnswer(
    BisectResult Result, string Sentence, FoundCommit? Culprit, bool Confirmed, Verdict? Older, Verdict? Newer, IReadOnlyList<NamedCommit> Candidates)
{
    /// <summary>Nothing is left to go on with.</summary>
    [JsonIgnore]
    public bool IsFinal => Result is not BisectResult.Interrupted;
}
