using System.Globalization;
using System.Net;
using System.Text;
using Harness.Analysis;
using Harness.Reports;
using Harness.Results;

namespace Harness.Site;

/// <summary>
/// The site's own pages. They are made from the results alone, so the same runs always give the same bytes.
/// </summary>
internal static class SitePages
{
    /// <summary>The pages need no script, and nothing from other sites.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";

    private const string Style = """
        :root{color-scheme:light dark}
        body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem}
        h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .7rem;text-align:left;border-bottom:1px solid #8886;white-space:nowrap}
        .n{text-align:right}.why{white-space:normal;overflow-wrap:anywhere;max-width:40rem}
        img{max-width:100%;height:auto}
        .bad{font-weight:600}.bad::before{content:"✗ "}.good::before{content:"✓ "}
        a:focus-visible{outline:2px solid}
        """;

    /// <summary><c>index.html</c>: the newest run's answer, then all runs.</summary>
    /// <param name="runs">The newest first.</param>
    public static string Index(IReadOnlyList<PublishedRun> runs, PublishedRun? newest)
    {
        var page = new StringBuilder();
        page.Line("<h1>Kernel compatibility</h1>");
        if (newest is null)
        {
            page.Line("<p>No run was published yet.</p>");
            return Page("Kernel compatibility", page);
        }
        if (newest.Reports.Contains(PublishedRun.Badge))
        {
            page.Line($"<p><img src=\"{PublishedRun.Badge}\" alt=\"Status of the newest run\"></p>");
        }
        page.Line($"<h2>Newest run: {Text(newest.Directory)}</h2>");
        Summary(page, newest);
        if (newest.Answers.Count > 0)
        {
            page.Line("<ul>").Line(string.Concat(newest.Answers.Select(a => $"<li>{Text(a)}</li>"))).Line("</ul>");
        }
        page.Line($"<p>{Links(newest, $"runs/{Href(newest.Directory)}/")}</p>");
        Runs(page, runs);
        return Page("Kernel compatibility", page);
    }

    /// <summary><c>latest.html</c>: a permanent address that leads to the newest report.</summary>
    public static string Latest(PublishedRun newest)
    {
        var href = ReportHref(newest);
        return $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Newest report</title>
            <meta http-equiv="refresh" content="0; url={href}"><p><a href="{href}">The newest report</a></p></html>

            """;
    }

    /// <summary>A run's own page: its kernels, and the console of each.</summary>
    public static string Run(PublishedRun run)
    {
        var page = new StringBuilder();
        page.Line("<p><a href=\"../../index.html\">All runs</a></p>").Line($"<h1>Run {Text(run.Directory)}</h1>");
        Summary(page, run);
        page.Line($"<p>{Links(run, "")}</p>").Line("<h2>Kernels</h2>");
        Open(page, ["kernel", "version", "arch", "status"], ["pass", "fail", "skip", "error", "unexpected"], "console");
        foreach (var kernel in run.Kernels)
        {
            var reason = kernel.Reason is null ? "" : $"<div class=\"why\">{Text(kernel.Reason)}</div>";
            var sign = kernel is { Status: KernelStatus.Tested, AsExpected: true } ? "good" : "bad";
            var tally = kernel.Tally;
            page.Append($"<tr><td>{Text(kernel.Id)}{reason}<td>{Text(kernel.Version ?? "")}<td>{Text(kernel.Arch)}")
                .Append($"<td class=\"{sign}\">{Text(Words.Of(kernel.Status))}")
                .Append(Numbers(tally.Pass, tally.Fail, tally.Skip, tally.Error, kernel.Unexpected));
            page.Line(kernel.Console is null ? "<td>" : $"<td><a href=\"console/{Href(kernel.Console)}\">console</a>");
        }
        page.Line("</tbody></table></div>");
        return Page($"Run {run.Directory}", page);
    }

    private static void Runs(StringBuilder page, IReadOnlyList<PublishedRun> runs)
    {
        page.Line("<h2>All runs</h2>");
        Open(page, ["run", "matrix"], ["tested", "not", "pass", "fail", "skip", "error", "unexpected"], "report");
        foreach (var run in runs)
        {
            var (total, tested) = (run.Total, run.Tested);
            page.Append($"<tr><td><a href=\"runs/{Href(run.Directory)}/index.html\">{Text(run.Directory)}</a>")
                .Append(run.Info.Complete ? "" : " (interrupted)").Append($"<td>{Text(run.Info.Matrix)}")
                .Append(Numbers(tested, run.Kernels.Count - tested))
                .Append(Numbers(total.Pass, total.Fail, total.Skip, total.Error, run.Unexpected));
            page.Line(run.Report is null ? "<td>" : $"<td><a href=\"{ReportHref(run)}\">report</a>");
        }
        page.Line("</tbody></table></div>");
    }

    private static void Summary(StringBuilder page, PublishedRun run)
    {
        var started = run.Info.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var tested = $"{run.Tested} of {Words.Count(run.Kernels.Count, "kernel")} tested";
        var end = run.Info.Complete ? "" : "; the run was interrupted";
        var setting = $"{started} UTC, matrix {Text(run.Info.Matrix)}, under {Text(run.Info.Accel)}";
        page.Line($"<p>{setting}: {tested}{end}.</p>");
        page.Line(run is { Unexpected: 0, UnexpectedKernels: 0 }
            ? $"<p class=\"{(run.IsGood ? "good" : "bad")}\">{Text(run.Ending)}</p>"
            : $"<p class=\"bad\">Not as expected: {Words.Count(run.Unexpected, "case")}, "
                + $"{Words.Count(run.UnexpectedKernels, "kernel")}.</p>");
    }

    /// <summary>Begins a table.</summary>
    /// <param name="texts">The heads of the first columns.</param>
    /// <param name="numbers">The heads of the columns behind them, which hold numbers.</param>
    private static void Open(StringBuilder page, string[] texts, string[] numbers, string last) => page
        .Append("<div class=\"wide\"><table><thead><tr>").AppendJoin("", texts.Select(t => $"<th>{t}"))
        .AppendJoin("", numbers.Select(n => $"<th class=\"n\">{n}")).Line($"<th>{last}</thead><tbody>");

    /// <summary>Links to a run's reports and, from another page, to the run's own page.</summary>
    /// <param name="below">The way from the page to the run's directory; empty on the run's own page.</param>
    private static string Links(PublishedRun run, string below)
    {
        var reports = run.Reports.Where(r => r != PublishedRun.Badge)
            .Select(r => $"<a href=\"{below}{Href(r)}\">{Text(r)}</a>");
        IEnumerable<string> own = below.Length == 0 ? [] : [$"<a href=\"{below}index.html\">kernels and consoles</a>"];
        return string.Join(" · ", reports.Concat(own));
    }

    private static string ReportHref(PublishedRun run) =>
        $"runs/{Href(run.Directory)}/{Href(run.Report ?? "index.html")}";

    private static string Numbers(params int[] numbers) =>
        string.Concat(numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">{n}")));

    private static string Page(string title, StringBuilder body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <title>{Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        {body}</body>
        </html>

        """;

    /// <summary>Text that a browser shows as it is: markup is escaped, and control characters become blanks.</summary>
    private static string Text(string text) => WebUtility.HtmlEncode(GuestText.Plain(text));

    private static string Href(string name) => Uri.EscapeDataString(name);

    private static StringBuilder Line(this StringBuilder text, string line) => text.Append(line).Append('\n');
}
