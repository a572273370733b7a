using Harness.Probes;

namespace Harness.Matrix;

/// <summary>A probe that a run asks, and what it asks about.</summary>
/// <param name="Subjects">What users hand to it; empty for a probe whose questions are its own.</param>
/// <param name="Cases">The cases to ask of these subjects, or of the probe; empty for all of them.</param>
public sealed record ProbeEntry(Probe Probe, IReadOnlyList<ProbeSubject> Subjects, IReadOnlyList<Glob> Cases)
{
    /// <summary>In characters.</summary>
    private const int LongestText = 500;

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

    /// <summary>Which cases each entry chooses, a text for each that chooses some, in the order of texts.</summary>
    public static IReadOnlyList<string> CasesOf(IReadOnlyList<ProbeEntry> entries) =>
    [
        .. entries.Where(entry => entry.Cases.Count > 0).Select(entry => entry.ToText())
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What a kernel is built with, so that it can answer the entry's cases.</summary>
    public KernelOptions OptionsOfBuilds => KernelOptions.Of(
    [
        Probe.OptionsFor(cases => Cases.Count == 0 || Cases.Any(glob => glob.Overlaps(cases))),
        .. Subjects.Select(subject => new KernelOptions(subject.KernelOptions, [])),
    ]);

    /// <summary>Whether the entry asks for a case, or for one that its answer may hold.</summary>
    public bool Asks(ProbeCase asked) => asked.IsChosenBy(Cases) && IsAbout(asked.Id);

    /// <summary>Whether the entry asks for a case of its probe.</summary>
    public bool Asks(string caseId) => Cases.Choose(caseId) && IsAbout(caseId);

    private string ToText()
    {
        var about = Subjects.Count == 0 ? [Probe.Name] : Subjects.Select(subject => subject.IdStart);
        var text = $"{string.Join(' ', about)}: {string.Join(' ', Cases)}";
        // A run notes this, and a list may be long.
        return text.Length <= LongestText ? text : $"{text[..LongestText]}… ({Hashes.Sha256OfText(text)})";
    }

    private bool IsAbout(string caseId) =>
        Subjects.Count == 0 || Subjects.Any(subject => subject.AllCases.Matches(caseId));
}
