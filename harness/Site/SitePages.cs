using System.Globalization;
using System.Net;
using System.Text;
using Harness.Analysis;
using Harness.Reports;
using Harness.Results;

namespace Harness.Site;

/// <summary>The site's own pages. Nothing but the results is in them, so that the same runs give the same bytes.</summary>
internal static class SitePages
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem}
        h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .7rem;text-align:left;border-bottom:1px solid #8886;white-space:nowrap}
        .n{text-align:right}.why{white-space:normal;overflow-wrap:anywhere;max-width:40rem}img{max-width:100%;height:auto}
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

    /// <summary><c>latest.html</c>: an address that stays, of a report that does not.</summary>
    public static string Latest(PublishedRun newest) => $"""
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Newest report</title>
        <meta http-equiv="refresh" content="0; url={ReportHref(newest)}"><p><a href="{ReportHref(newest)}">The newest report</a></p></html>

        """;

    /// <summary>A run's own page: its kernels, and the console of each.</summary>
    public static string Run(PublishedRun run)
    {
        var page = new StringBuilder();
        page.Line("<p><a href=\"../../index.html\">All runs</a></p>").Line($"<h1>Run {Text(run.Directory)}</h1>");
        Summary(page, run);
        page.Line($"<p>{Links(run, "")}</p>").Line("<h2>Kernels</h2>");
        page.Line("<div class=\"wide\"><table><thead><tr><th>kernel<th>version<th>arch<th>status<th class=\"n\">pass<th class=\"n\">fail<th class=\"n\">skip<th class=\"n\">error<th class=\"n\">unexpected<th>console</thead><tbody>");
        foreach (var kernel in run.Kernels)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(kernel.Id)}{(kernel.Reason is null ? "" : $"<div class=\"why\">{Text(kernel.Reason)}</div>")}<td>{Text(kernel.Version ?? "")}<td>{Text(kernel.Arch)}");
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"{(kernel.Status == KernelStatus.Tested ? "good" : "bad")}\">{Text(Words.Of(kernel.Status))}");
            page.Append(Numbers(kernel.Cell.Pass, kernel.Cell.Fail, kernel.Cell.Skip, kernel.Cell.Error, kernel.Unexpected));
            page.Line(kernel.Console is null ? "<td>" : $"<td><a href=\"console/{Href(kernel.Console)}\">console</a>");
        }
        page.Line("</tbody></table></div>");
        return Page($"Run {run.Directory}", page);
    }

    private static void Runs(StringBuilder page, IReadOnlyList<PublishedRun> runs)
    {
        page.Line("<h2>All runs</h2>");
        page.Line("<div class=\"wide\"><table><thead><tr><th>run<th>matrix<th class=\"n\">tested<th class=\"n\">not<th class=\"n\">pass<th class=\"n\">fail<th class=\"n\">skip<th class=\"n\">error<th class=\"n\">unexpected<th>report</thead><tbody>");
        foreach (var run in runs)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"runs/{Href(run.Directory)}/index.html\">{Text(run.Directory)}</a>{(run.Info.Complete ? "" : " (interrupted)")}<td>{Text(run.Info.Matrix)}");
            page.Append(Numbers(run.Tested, run.Kernels.Count - run.Tested, run.Total.Pass, run.Total.Fail, run.Total.Skip, run.Total.Error, run.Unexpected));
            page.Line(run.Report is null ? "<td>" : $"<td><a href=\"{ReportHref(run)}\">report</a>");
        }
        page.Line("</tbody></table></div>");
    }

    private static void Summary(StringBuilder page, PublishedRun run)
    {
        var started = run.Info.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        page.Line($"<p>{started} UTC, matrix {Text(run.Info.Matrix)}, under {Text(run.Info.Accel)}: {run.Tested} of {Words.Count(run.Kernels.Count, "kernel")} tested{(run.Info.Complete ? "" : "; the run was interrupted")}.</p>");
        page.Line(run is { Unexpected: 0, UnexpectedKernels: 0 }
            ? "<p class=\"good\">Every result is as expected.</p>"
            : $"<p class=\"bad\">Not as expected: {Words.Count(run.Unexpected, "case")}, {Words.Count(run.UnexpectedKernels, "kernel")}.</p>");
    }

    private static string Links(PublishedRun run, string below) =>
        string.Join(" · ", run.Reports.Where(r => r != PublishedRun.Badge).Select(r => $"<a href=\"{below}{Href(r)}\">{Text(r)}</a>")
            .Concat(below.Length == 0 ? [] : [$"<a href=\"{below}index.html\">kernels and consoles</a>"]));

    private static string ReportHref(PublishedRun run) => $"runs/{Href(run.Directory)}/{Href(run.Report ?? "index.html")}";

    private static string Numbers(params int[] numbers) => string.Concat(numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">{n}")));

    private static string Page(string title, StringBuilder body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
        <title>{Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        {body}</body>
        </html>

        """;

    /// <summary>Any text shows as itself: markup is escaped, and control characters are blanks.</summary>
    private static string Text(string text) => WebUtility.HtmlEncode(GuestText.Plain(text));

    private static string Href(string name) => Uri.EscapeDataString(name);

    private static StringBuilder Line(this StringBuilder text, string line) => text.Append(line).Append('\n');
}
