namespace Harness.Probes;

/// <summary>Questions that a report sums up in one sentence.</summary>
/// <param name="Subject">In words, as the beginning of the sentence.</param>
/// <param name="Cases">The cases that ask them: ids that match any of these.</param>
public sealed record QuestionGroup(string Subject, params IReadOnlyList<Glob> Cases)
{
    public bool Has(string caseId) => Cases.Any(c => c.Matches(caseId));
}
