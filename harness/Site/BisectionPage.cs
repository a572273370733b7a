using System.Globalization;
using System.Text;
using static Harness.Site.SitePage;

namespace Harness.Site;

/// <summary>A bisection's own page: the answer, then every step with its evidence.</summary>
internal static class BisectionPage
{
    /// <summary>Shows a commit of Linux by its hash.</summary>
    private const string Commits = "https://git.kernel.org/linus/";

    public static string Of(PublishedBisection bisection, SiteContent content)
    {
        var page = new StringBuilder();
        page.Line($"<h1>Bisection {Text(bisection.Directory)}</h1>")
            .Line($"<p>{Time(bisection.StartedAt)}: {Text(bisection.Asked)}.</p>")
            .Line($"<p><b>{Text(bisection.Result)}.</b> {Text(bisection.Sentence)}</p>");
        if (bisection.Culprit is { } culprit)
        {
            page.Line($"<p><a href=\"{Commits}{Uri.EscapeDataString(culprit.Commit)}\">{Text(culprit.Commit)}</a> "
                + $"{Text(culprit.Subject)} ({Text(culprit.Author)}, {Text(culprit.Date)})</p>")
                .Line($"<pre tabindex=\"0\">{string.Join('\n', culprit.Diffstat.Split('\n').Select(Text))}</pre>");
        }
        page.Line($"<p>{string.Join(" · ", bisection.Files.Select(f => Link(f.Name, f.Name)))}</p>");
        Missing(page, content, bisection.Steps.SelectMany(s => s.Evidence), "The bisection's directory has them.");
        page.Line("<h2>Steps</h2>");
        Open(page, "Steps", ["answer", "what was tried"], ["step", "seconds"], "evidence");
        foreach (var step in bisection.Steps)
        {
            var seconds = step.Remembered ? "remembered" : step.Seconds.ToString("0.0", CultureInfo.InvariantCulture);
            var evidence = step.Evidence.Select(content.Plan.Find).OfType<string>()
                .Select(place => Link(place, place.Split('/')[^2] is var folder ? folder : place));
            page.Append($"<tr><td class=\"name\">{Text(step.Answer)}</td><td class=\"name\">{Text(step.What)}</td>")
                .Append(Numbers(step.Number)).Append($"<td class=\"n\">{seconds}</td>")
                .Line($"<td>{string.Join(", ", evidence)}</td></tr>");
        }
        Close(page);
        return SitePage.Of($"Bisection {bisection.Directory}", "../../", page);
    }
}
