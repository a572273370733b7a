using System.Globalization;
using System.Security;
using System.Text;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// <c>badge.svg</c>: the series on which the question works that the first probe with a badge asks. A span of two
/// series stands for those between them that were run and agree; no series is named that was not run, and no span goes
/// on across one in which no kernel could be tested.
/// </summary>
public static class BadgeReport
{
    public const string FileName = "badge.svg";

    /// <summary>Where no probe has a badge.</summary>
    private const string NoLabel = "kernels";

    private const int LongestAnswer = 70;

    // As wide as common sans-serif fonts write 11 px on average; textLength makes every font agree.
    private const int CharacterWidth = 65;
    private const int Padding = 7;

    private const string Blue = "#0b5cab";
    private const string Orange = "#b34700";
    private const string Grey = "#5a6270";

    public static string Write(RunStory story)
    {
        var badge = story.Probes.AskedBy(story.Document.Run).Select(p => p.Words.Badge)
            .FirstOrDefault(b => b is not null);
        var (answer, colour) = Answer(story.Document, badge);
        return Draw(GuestText.Line(badge?.Label ?? NoLabel), GuestText.Line(answer), colour);
    }

    private static (string Answer, string Colour) Answer(RunDocument document, BadgeWords? badge)
    {
        var kernels = Verdicts(document, badge).ToList();
        if (kernels.Count == 0)
        {
            var tested = document.Kernels.Count(k => k.Status == KernelStatus.Tested);
            return (Invariant($"{tested} of {document.Kernels.Count} kernels tested"), Grey);
        }
        var works = kernels.Count(k => k.Works);
        var parts = new[] { ("works", true), ("broken", false) }
            .Select(p => (Verb: p.Item1, Where: string.Join(", ", Spans(kernels, document.Kernels, p.Item2))))
            .Where(p => p.Where.Length > 0).Select(p => $"{p.Verb} {p.Where}");
        var inWords = string.Join(" / ", parts);
        return (inWords.Length <= LongestAnswer ? inWords : Invariant($"works on {works} of {kernels.Count} kernels"),
            works == kernels.Count ? Blue : Orange);
    }

    /// <summary>The kernels that gave a verdict, and whether each of their cases passed.</summary>
    private static IEnumerable<(KernelResult Kernel, bool Works)> Verdicts(RunDocument document, BadgeWords? badge)
    {
        if (badge is null)
        {
            yield break;
        }
        var answers = document.Kernels.SelectMany(k => k.Cases).Select(c => c.Id).Distinct().Where(badge.Cases.Matches)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var kernel in document.Kernels)
        {
            var verdicts = kernel.Cases
                .Where(c => c.Status is CaseStatus.Pass or CaseStatus.Fail && answers.Contains(c.Id)).ToList();
            if (verdicts.Count > 0)
            {
                yield return (kernel, verdicts.All(c => c.Status == CaseStatus.Pass));
            }
        }
    }

    /// <summary>A series that went both ways stands with both. Of several lines, each has its own.</summary>
    private static IEnumerable<string> Spans(
        IEnumerable<(KernelResult Kernel, bool Works)> kernels, IEnumerable<KernelResult> all, bool works)
    {
        var gaps = all.Where(Ranges.IsGap).Select(k => (Kernel: k, Works: !works));
        var lines = kernels.Concat(gaps).GroupBy(k => k.Kernel.Line).OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToList();
        return lines.SelectMany(line => SpansOf(line, works)
            .Select(span => lines.Count == 1 ? span : $"{KernelLines.NameOf(line.Key)} {span}"));
    }

    private static IEnumerable<string> SpansOf(IEnumerable<(KernelResult Kernel, bool Works)> kernels, bool works)
    {
        var series = kernels.OrderBy(k => k.Kernel, KernelOrder.Instance)
            .GroupBy(k => Histories.SeriesOf(k.Kernel))
            .Select(g => (Name: g.Key, Holds: g.Any(k => k.Works == works))).ToList();
        for (var i = 0; i < series.Count; i++)
        {
            if (!series[i].Holds)
            {
                continue;
            }
            var from = i;
            while (i + 1 < series.Count && series[i + 1].Holds)
            {
                i++;
            }
            yield return i == from ? series[i].Name : $"{series[from].Name} – {series[i].Name}";
        }
    }

    private static string Draw(string label, string answer, string colour)
    {
        var (left, right) = (Width(label), Width(answer));
        var title = SecurityElement.Escape($"{label}: {answer}");
        return new StringBuilder()
            .Line(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{left + right}\" height=\"20\" ")
                + $"role=\"img\" aria-label=\"{title}\">")
            .Line($"<title>{title}</title>")
            .Line(Invariant($"<clipPath id=\"r\"><rect width=\"{left + right}\" height=\"20\" rx=\"3\"/></clipPath>"))
            .Line(Invariant($"<g clip-path=\"url(#r)\"><rect width=\"{left}\" height=\"20\" fill=\"#3a3f47\"/>")
                + Invariant($"<rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{colour}\"/></g>"))
            .Line("<g fill=\"#fff\" text-anchor=\"middle\" "
                + "font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">")
            .Line(Text(label, left / 2.0, left))
            .Line(Text(answer, left + right / 2.0, right))
            .Line("</g>").Line("</svg>").ToString();
    }

    private static string Text(string text, double middle, int width) =>
        Invariant($"<text x=\"{middle:0.#}\" y=\"14\" textLength=\"{width - 2 * Padding}\" ")
        + $"lengthAdjust=\"spacingAndGlyphs\">{SecurityElement.Escape(text)}</text>";

    private static int Width(string text) => text.Length * CharacterWidth / 10 + 2 * Padding;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
