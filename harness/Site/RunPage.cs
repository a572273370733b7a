using System.Text;
using Harness.Analysis;
using Harness.Results;
using static Harness.Site.SitePage;

namespace Harness.Site;

/// <summary>A run's own page: what changed since the run before, its kernels, and the evidence of each.</summary>
internal static class RunPage
{
    private const string Root = "../../";

    public static string Of(PublishedRun run, SiteContent content)
    {
        var page = new StringBuilder();
        page.Line($"<h1>Run {Text(run.Directory)}</h1>");
        Summary(page, run);
        page.Line($"<p>{string.Join(" · ", Links(run, content.Plan, ""))}</p>");
        Missing(
            page, content, run.Files,
            "The run directory has them, and <code>harness report</code> makes reports again from "
                + "<code>results.json</code>.");
        Changes(page, run, content.Runs);
        Kernels(page, run, content.Plan);
        return SitePage.Of($"Run {run.Directory}", Root, page);
    }

    public static void Summary(StringBuilder page, PublishedRun run)
    {
        var tested = $"{run.Tested} of {Words.Count(run.Kernels.Count, "kernel")} tested";
        var end = run.Info.Complete ? "" : "; the run was interrupted";
        page.Line($"<p>{Time(run.Info.StartedAt)}, matrix {Text(run.Info.Matrix)}, under {Text(run.Info.Accel)}: "
            + $"{tested}{end}.</p>");
        page.Line(run is { Unexpected: 0, UnexpectedKernels: 0 }
            ? $"<p class=\"{(run.IsGood ? "good" : "bad")}\">{Text(run.Ending)}</p>"
            : $"<p class=\"bad\">Not as expected: {Words.Count(run.Unexpected, "case")}, "
                + $"{Words.Count(run.UnexpectedKernels, "kernel")}.</p>");
    }

    /// <summary>Whether anything changed since the run before, as a link to what.</summary>
    /// <param name="below">The way from the page to the directory of all runs.</param>
    public static string Changed(PublishedRun run, string below) => run.Changes is not { } changes
        ? "There is no run before it to compare it with."
        : changes.Count == 0 ? $"Nothing changed since {Text(changes.Older)}."
        : $"<a href=\"{below}{Href(run.Directory)}/index.html#changes\">"
            + $"{Words.Count(changes.Count, "change")} since {Text(changes.Older)}</a>.";

    /// <summary>Links to a run's reports that the site has.</summary>
    /// <param name="below">The way from the page to the run's directory.</param>
    public static IEnumerable<string> Links(PublishedRun run, SitePlan plan, string below) =>
        run.Files.Where(f => f.Name != RunFile.Badge && f.Kind == f.Name)
            .Select(plan.Find).OfType<string>().Select(place => Link(below + place, place));

    private static void Changes(StringBuilder page, PublishedRun run, IReadOnlyList<PublishedRun> runs)
    {
        page.Line("<h2 id=\"changes\">What changed since the run before</h2>");
        if (run.Changes is not { } changes)
        {
            page.Line("<p>There is no run before it to compare it with.</p>");
            return;
        }
        var older = runs.Any(r => r.Directory == changes.Older)
            ? Link($"../{changes.Older}/index.html", changes.Older)
            : $"{Text(changes.Older)}, which is no longer here";
        page.Line($"<p>Since {older}: {Text(changes.Head)}"
            + (changes.Count == 0 ? " <b>Nothing changed.</b></p>" : "</p>"));
        foreach (var (title, lines) in changes.Groups)
        {
            List(page, title, lines);
        }
    }

    private static void Kernels(StringBuilder page, PublishedRun run, SitePlan plan)
    {
        var files = run.Files.ToDictionary(f => f.Name, StringComparer.Ordinal);
        string File(string? name, string text) => name is null || !files.TryGetValue(name, out var file) ? ""
            : plan.Find(file) is { } place ? Link(place, text) : "not here";
        page.Line("<h2>Kernels</h2>");
        Open(page, "Kernels", ["status", "kernel"], ["pass", "fail", "skip", "error", "unexpected"],
            "console", "evidence", "version", "line", "arch");
        foreach (var kernel in run.Kernels)
        {
            var reason = kernel.Reason is null ? "" : $"<div class=\"why\">{Text(kernel.Reason)}</div>";
            var sign = kernel is { Status: KernelStatus.Tested, AsExpected: true, Unexpected: 0 } ? "good" : "bad";
            var tally = kernel.Tally;
            page.Append($"<tr><td class=\"{sign}\">{Text(Words.Of(kernel.Status))}</td>")
                .Append($"<td class=\"name\">{Text(kernel.Id)}{reason}</td>")
                .Append(Numbers(tally.Pass, tally.Fail, tally.Skip, tally.Error, kernel.Unexpected))
                .Append($"<td>{File(kernel.Console, "console")}</td><td>{File(kernel.Ktap, "KTAP")}</td>")
                .Append($"<td>{Text(kernel.Version ?? "")}</td><td>{Text(kernel.Line ?? "")}</td>")
                .Line($"<td>{Text(kernel.Arch)}</td></tr>");
        }
        Close(page);
    }
}
