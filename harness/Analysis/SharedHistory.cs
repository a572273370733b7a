using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>Cases that went the same way over the versions, told once.</summary>
/// <param name="Lineage">The kernels that were measured.</param>
/// <param name="Want">What is wanted of these cases.</param>
/// <param name="Cases">Their ids, sorted.</param>
public sealed record SharedHistory(
    Lineage Lineage, Outcome Want, IReadOnlyList<Segment> Segments, IReadOnlyList<string> Cases)
{
    /// <summary>The status changes somewhere.</summary>
    public bool Changes => Segments.Any(s => s.Status != Segments[0].Status);

    /// <summary>"accepted 5.10.218 – 5.10.262 · rejected 6.1.170 – 6.1.192 · accepted 6.12.43 – 7.3".</summary>
    public string InWords => string.Join(" · ", Segments.Select(SegmentInWords));

    /// <summary>The same, taken apart, each with its mark.</summary>
    public IReadOnlyList<Phrase> Findings =>
        [.. Segments.Select(s => Phrase.Chip(Words.MarkOf(s.Status), SegmentInWords(s)))];

    /// <summary>"between 5.10.262 and 6.1.170": only versions that were run.</summary>
    public IReadOnlyList<string> Transitions =>
    [
        .. Segments.Zip(Segments.Skip(1)).Where(pair => pair.First.Status != pair.Second.Status)
            .Select(pair => $"{Verb(pair.First.Status)} → {Verb(pair.Second.Status)} between {pair.First.To} and "
                + pair.Second.From),
    ];

    /// <summary>"rejected 6.1.170 – 6.1.192".</summary>
    private string SegmentInWords(Segment segment) =>
        $"{Verb(segment.Status)} {(segment.From == segment.To ? segment.From : $"{segment.From} – {segment.To}")}";

    private string Verb(CaseStatus status) => Words.Verb(status, Want);
}
