using System.Text;
using Harness.Analysis;
using static Harness.Site.SitePage;

namespace Harness.Site;

/// <summary><c>index.html</c>: the newest run's answer, then all runs, then all bisections.</summary>
internal static class IndexPage
{
    private const string Title = "Kernel compatibility";

    public static string Of(SiteContent content)
    {
        var page = new StringBuilder();
        page.Line($"<h1>{Title}</h1>");
        if (content.Newest is { } newest)
        {
            Newest(page, newest, content);
            Runs(page, content);
        }
        else
        {
            page.Line("<p>No run was published yet.</p>");
        }
        Bisections(page, content.Bisections);
        if (content.Newest is not null)
        {
            Room(page, content);
        }
        return SitePage.Of(Title, "", page);
    }

    private static void Newest(StringBuilder page, PublishedRun newest, SiteContent content)
    {
        if (newest.Files.Any(f => f.Name == RunFile.Badge))
        {
            page.Line($"<p><img src=\"{RunFile.Badge}\" alt=\"Status of the newest run\"></p>");
        }
        page.Line($"<h2>Newest run: {Text(newest.Directory)}</h2>");
        RunPage.Summary(page, newest);
        if (newest.Answers.Count > 0)
        {
            page.Line("<ul>").Line(string.Concat(newest.Answers.Select(a => $"<li>{Text(a)}</li>"))).Line("</ul>");
        }
        page.Line($"<p>{RunPage.Changed(newest, "runs/")}</p>");
        var place = SitePlan.PlaceOf(newest) + "/";
        page.Line($"<p>{string.Join(" · ", RunPage.Links(newest, content.Plan, place)
            .Append(Link(place + "index.html", "kernels, consoles and evidence")))}</p>");
    }

    private static void Runs(StringBuilder page, SiteContent content)
    {
        page.Line("<h2>All runs</h2>");
        Open(page, "All runs", ["status", "run"],
            ["changes", "tested", "not", "pass", "fail", "skip", "error", "unexpected"], "report", "matrix");
        foreach (var run in content.Runs)
        {
            var (total, tested, place) = (run.Total, run.Tested, SitePlan.PlaceOf(run));
            page.Append(run.IsWell ? "<tr><td class=\"good\">good</td>" : "<tr><td class=\"bad\">bad</td>")
                .Append($"<td class=\"name\">{Link(place + "/index.html", run.Directory)}")
                .Append(run.Info.Complete ? "</td>" : " (interrupted)</td>")
                .Append(run.Changes is { } changes ? Numbers(changes.Count) : "<td class=\"n\">–</td>")
                .Append(Numbers(tested, run.Kernels.Count - tested))
                .Append(Numbers(total.Pass, total.Fail, total.Skip, total.Error, run.Unexpected))
                .Append(run.Report is { } report ? $"<td>{Link($"{place}/{report}", "report")}</td>" : "<td></td>")
                .Line($"<td>{Text(run.Info.Matrix)}</td></tr>");
        }
        Close(page);
        page.Line("<p class=\"note\">Changes: kernels, complaints and verdicts that changed since the run before, of "
            + "the same matrix.</p>");
    }

    private static void Bisections(StringBuilder page, IReadOnlyList<PublishedBisection> bisections)
    {
        if (bisections.Count == 0)
        {
            return;
        }
        page.Line("<h2>Bisections</h2>");
        Open(page, "Bisections", ["result", "case", "answer", "started"], []);
        foreach (var bisection in bisections)
        {
            page.Append($"<tr><td>{Text(bisection.Result)}</td>")
                .Append($"<td class=\"name\">{Link(SitePlan.PlaceOf(bisection) + "/index.html", bisection.Case)}</td>")
                .Line($"<td class=\"name\">{Text(bisection.Sentence)}</td><td>{Time(bisection.StartedAt)}</td></tr>");
        }
        Close(page);
    }

    /// <summary>What the site leaves out is said, never silently.</summary>
    private static void Room(StringBuilder page, SiteContent content)
    {
        var lacking = content.Runs.Count(r => content.Plan.Missing(r.Files).Count > 0);
        page.Line("<p class=\"note\">Runs but the newest have their files for machines compressed. The site may have "
            + $"{content.Megabytes} MB (<code>harness publish --max-mb</code>)"
            + (lacking == 0 ? "; nothing is left out.</p>"
                : $": {Words.Count(lacking, "run")} {(lacking == 1 ? "has" : "have")} not all files; the page of each "
                    + "says which.</p>"));
    }
}
