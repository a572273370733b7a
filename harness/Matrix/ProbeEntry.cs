using Harness.Probes;

namespace Harness.Matrix;

/// <summary>A probe that a run asks, and what it asks about.</summary>
/// <param name="Subjects">What users hand to it; empty for a probe whose questions are its own.</param>
/// <param name="Cases">The cases to ask of these subjects, or of the probe; empty for all of them.</param>
public sealed record ProbeEntry(Probe Probe, IReadOnlyList<ProbeSubject> Subjects, IReadOnlyList<Glob> Cases)
{
    /// <summary>
    /// Gives subjects whose ids would begin alike different ones: <c>-2</c>, <c>-3</c>, … at their ends, in their
    /// order.
    /// </summary>
    public static IReadOnlyList<ProbeEntry> Distinct(IReadOnlyList<ProbeEntry> entries)
    {
        var ids = new IdParts();
        return
        [
            .. entries.Select(entry => entry with
            {
                Subjects =
                    [.. entry.Subjects.Select(subject => subject with { IdStart = ids.Distinct(subject.IdStart) })],
            }),
        ];
    }

    /// <summary>Whether the entry asks for a case, or for one that its answer may hold.</summary>
    public bool Asks(ProbeCase asked) => asked.IsChosenBy(Cases) && IsAbout(asked.Id);

    /// <summary>Whether the entry asks for a case of its probe.</summary>
    public bool Asks(string caseId) => Cases.Choose(caseId) && IsAbout(caseId);

    private bool IsAbout(string caseId) =>
        Subjects.Count == 0 || Subjects.Any(subject => subject.AllCases.Matches(caseId));
}
