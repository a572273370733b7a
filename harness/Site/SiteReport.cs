using System.Net;
using System.Text.RegularExpressions;
using Harness.Reports.Html;

namespace Harness.Site;

/// <summary>
/// A run's report as the site has it: its links lead to where the site has the files beside it, and to the site's
/// index. A link to what the site does not have leads to the run's page, which says so.
/// </summary>
internal static partial class SiteReport
{
    private const string RunPage = "index.html";

    /// <param name="find">
    /// Where the file of this name in the run directory is; <c>null</c> when it is not there.
    /// </param>
    /// <param name="offered">The names of the files that the report offers.</param>
    public static string Html(string report, Func<string, string?> find, IEnumerable<string> offered)
    {
        var links = string.Concat(offered.Select(find).OfType<string>()
            .Select(place => $"<a href=\"{Href(place)}\">{WebUtility.HtmlEncode(place)}</a> "));
        var own = $"<a href=\"../../index.html\">All runs</a> <a href=\"{RunPage}\">This run's kernels and files</a> ";
        var begin = report.IndexOf(HtmlReport.FilesBegin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : report.IndexOf(HtmlReport.FilesEnd, begin, StringComparison.Ordinal);
        var text = end < 0 ? report
            : string.Concat(report.AsSpan(0, begin + HtmlReport.FilesBegin.Length), own, links, report.AsSpan(end));
        // A guest's text has no quotation mark of its own in HTML or in the page's data: it is escaped.
        return Quoted().Replace(text, m => $"\"{Place(m, find)}\"");
    }

    /// <param name="find">As for HTML.</param>
    public static string Markdown(string report, Func<string, string?> find) =>
        // Nor has it a bracket of its own in Markdown.
        Bracketed().Replace(report, m => $"]({Place(m, find)})");

    private static string Place(Match match, Func<string, string?> find) =>
        find(Uri.UnescapeDataString(match.Groups[1].Value)) is { } place ? Href(place) : RunPage;

    private static string Href(string place) => string.Join('/', place.Split('/').Select(Uri.EscapeDataString));

    [GeneratedRegex("\"((?:console/[^\"/ ]+\\.log|ktap/[^\"/ ]+\\.ktap))\"", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((console/[^)/ ]+\.log)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();
}
