using System.Text;
using static Harness.Site.SitePage;

namespace Harness.Site;

/// <summary>
/// <c>latest.html</c>: a permanent address that leads to the newest report. What stands behind its number sign is the
/// report's: a filter or a case. A redirection without a script would lose it.
/// </summary>
internal static class LatestPage
{
    private const string Script =
        "location.replace(document.querySelector('link[rel=canonical]').href + location.hash);";

    public static string Of(PublishedRun newest)
    {
        var href = Href($"{SitePlan.PlaceOf(newest)}/{newest.Report ?? "index.html"}");
        return SitePage.Of("Newest report", "", new StringBuilder().Line("<h1>Newest report</h1>")
            .Line($"<p><a href=\"{href}\">The report of run {Text(newest.Directory)}</a></p>"),
            $"<noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n", Script)
            .Replace("<script>", $"<link rel=\"canonical\" href=\"{href}\">\n<script>", StringComparison.Ordinal);
    }
}
