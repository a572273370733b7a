using System.Text.RegularExpressions;

namespace Harness.Reports;

/// <summary>
/// Finds the parts of a Markdown page that a run writes: what stands between a line
/// <c>&lt;!-- verdicts: GLOB [GLOB…] --&gt;</c> and the next line <c>&lt;!-- end --&gt;</c>. Code blocks are passed
/// over.
/// </summary>
public static partial class PageMarkers
{
    /// <param name="file">The page's name, for problems.</param>
    /// <param name="problems">Gets what is wrong with the markers, each with file and line.</param>
    public static IReadOnlyList<MarkedPart> Find(string file, IReadOnlyList<string> lines, List<string> problems)
    {
        var parts = new List<MarkedPart>();
        string? fence = null;
        int? open = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } found)
            {
                fence = fence is null ? found.Value.Trim() : fence == found.Value.Trim() ? null : fence;
            }
            else if (fence is null && Start().IsMatch(lines[i]))
            {
                ReportUnclosed(open);
                open = i;
            }
            else if (fence is null && End().IsMatch(lines[i]))
            {
                Close(i);
            }
        }
        ReportUnclosed(open);
        return parts;

        void Problem(int line, string what) => problems.Add($"{file}:{line + 1}: {what}");

        void ReportUnclosed(int? at)
        {
            if (at is { } line)
            {
                Problem(line, "the marker is not closed: a line <!-- end --> is missing");
            }
        }

        void Close(int at)
        {
            if (open is not { } start)
            {
                Problem(at, "<!-- end --> closes no marker");
            }
            else if (Globs(lines[start], what => Problem(start, what)) is { } globs)
            {
                parts.Add(new MarkedPart(start, at, globs));
            }
            open = null;
        }
    }

    /// <summary>The patterns of a marker; <c>null</c> where that is a problem.</summary>
    private static IReadOnlyList<Glob>? Globs(string line, Action<string> problem)
    {
        var marker = Marker().Match(line);
        if (!marker.Success)
        {
            problem("the marker does not end on its line, with -->");
            return null;
        }
        var patterns = marker.Groups[1].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (patterns.Length == 0)
        {
            problem("the marker names no cases");
            return null;
        }
        try
        {
            return [.. patterns.Select(p => new Glob(p))];
        }
        catch (FormatException e)
        {
            problem(e.Message);
            return null;
        }
    }

    [GeneratedRegex(@"^ {0,3}(`{3}|~{3})", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^ {0,3}<!--\s*verdicts:", RegexOptions.CultureInvariant)]
    private static partial Regex Start();

    [GeneratedRegex(@"^ {0,3}<!--\s*verdicts:(.*)-->\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex(@"^ {0,3}<!--\s*end\s*-->\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex End();
}
