using Harness.Results;

namespace Harness.Probes;

/// <summary>What another question must have come to on the same kernel: an outcome, or a status.</summary>
/// <param name="Question">As in ids, of the same layer and place: <c>struct.struct</c>.</param>
public sealed record SiblingEvidence(string Question, Outcome? Outcome, CaseStatus? Status)
{
    public bool IsGivenBy(CaseResult result) => Status is null ? result.Outcome == Outcome : result.Status == Status;
}
