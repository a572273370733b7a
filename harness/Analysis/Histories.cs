using Harness.Results;

namespace Harness.Analysis;

/// <summary>Cases that went the same way over the versions, told once.</summary>
/// <param name="Want">What is wanted of these cases.</param>
/// <param name="Cases">Their ids, sorted.</param>
public sealed record SharedHistory(string Arch, Outcome Want, IReadOnlyList<Segment> Segments, IReadOnlyList<string> Cases)
{
    /// <summary>The status changes somewhere.</summary>
    public bool Changes => Segments.Count > 1;

    /// <summary>"accepted 5.10.218 – 5.10.262 · rejected 6.1.170 – 6.1.192 · accepted 6.12.43 – 7.3".</summary>
    public string InWords => string.Join(" · ", Segments.Select(SegmentInWords));

    /// <summary>"rejected 6.1.170 – 6.1.192".</summary>
    public string SegmentInWords(Segment segment) =>
        $"{Verb(segment.Status)} {(segment.From == segment.To ? segment.From : $"{segment.From} – {segment.To}")}";

    /// <summary>"between 5.10.262 and 6.1.170": only versions that were run.</summary>
    public IReadOnlyList<string> Transitions =>
        [.. Segments.Zip(Segments.Skip(1), (before, after) => $"{Verb(before.Status)} → {Verb(after.Status)} between {before.To} and {after.From}")];

    private string Verb(CaseStatus status) => (status, Want) switch
    {
        (CaseStatus.Pass, Outcome.Accept) or (CaseStatus.Fail, Outcome.Reject) => "accepted",
        (CaseStatus.Pass, Outcome.Reject) or (CaseStatus.Fail, Outcome.Accept) => "rejected",
        (CaseStatus.Skip, _) => "not applicable",
        (CaseStatus.Flaky, _) => "flaky",
        _ => "no verdict",
    };
}

/// <summary>Groups the ranges of a document into shared histories.</summary>
public static class Histories
{
    /// <summary>Those that change come first, the most cases first.</summary>
    public static IReadOnlyList<SharedHistory> Of(RunDocument document)
    {
        var wants = document.Kernels.SelectMany(k => k.Cases).GroupBy(c => c.Id).ToDictionary(g => g.Key, g => g.First().Want, StringComparer.Ordinal);
        return
        [
            .. document.Ranges.Where(r => wants.ContainsKey(r.Case))
                .GroupBy(r => (r.Arch, Want: wants[r.Case], Key: string.Join('|', r.Segments)))
                .Select(g => new SharedHistory(g.Key.Arch, g.Key.Want, g.First().Segments, [.. g.Select(r => r.Case).Order(StringComparer.Ordinal)]))
                .OrderByDescending(h => h.Changes).ThenByDescending(h => h.Cases.Count).ThenBy(h => h.Cases[0], StringComparer.Ordinal),
        ];
    }

    /// <summary>The upstream series of a kernel, <c>6.1</c>; its id where the version is not known.</summary>
    public static string SeriesOf(KernelResult kernel) => SeriesOf(kernel.Id, kernel.Version);

    public static string SeriesOf(string id, string? version) => KernelVersion.TryParse(version)?.Series ?? id;
}
