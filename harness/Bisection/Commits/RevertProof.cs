using System.Text.Json.Serialization;

namespace Harness.Bisection.Commits;

/// <summary>A culprit reverted on the end that has it, built and booted.</summary>
/// <param name="On">That end.</param>
/// <param name="Step">The step that measured it; <c>null</c> when none did.</param>
/// <param name="Files">Files with conflicts.</param>
public sealed record RevertProof(RevertOutcome Outcome, string On, int? Step, IReadOnlyList<string> Files)
{
    public Verdict? Verdict { get; init; }

    /// <summary>Why nothing is known; <c>null</c> when something is.</summary>
    public string? Problem { get; init; }

    [JsonIgnore]
    private string Short => On[..12];

    /// <summary>The rest of a sentence.</summary>
    public string InWords() => Outcome switch
    {
        RevertOutcome.AsBefore =>
            $"with the commit reverted on {Short}, the verdict is {Verdict}, as before the commit",
        RevertOutcome.Differs => $"with the commit reverted on {Short}, the verdict is {Verdict}, which is not the one"
            + " before the commit: something else has a part in it",
        RevertOutcome.Conflict => $"the commit does not revert on {Short}: conflicts in {string.Join(", ", Files)}",
        RevertOutcome.Needless => $"the end {Short} is the commit itself, so that nothing was reverted",
        _ => $"with the commit reverted on {Short}, nothing is known: {Problem}",
    };
}
