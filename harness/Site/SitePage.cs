using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Harness.Reports;

namespace Harness.Site;

/// <summary>
/// The frame of the site's own pages, and what they share. They are made from the results alone, so the same runs
/// always give the same bytes.
/// </summary>
internal static class SitePage
{
    private const string Style = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--link:#0a58a8;--quiet:#59616d;--line:#8886}
        @media (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e4e7eb;--link:#7cb8f2;--quiet:#a8b0bb}}
        html{background:var(--paper);color:var(--ink)}a{color:var(--link)}
        body{font:16px/1.5 system-ui,sans-serif;max-width:80rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere;
        background:var(--paper)}
        h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:1rem 0 .2rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .7rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);
        white-space:nowrap}
        .n{text-align:right}.name{white-space:normal;overflow-wrap:anywhere;min-width:11rem}
        .why{color:var(--quiet);max-width:40rem}.note{color:var(--quiet);font-size:.9rem}
        img{max-width:100%;height:auto}
        .bad{font-weight:600}.bad::before{content:"✗ "}.good::before{content:"✓ "}
        a:focus-visible,.wide:focus-visible{outline:2px solid}
        pre{overflow:auto}
        """;

    /// <summary>A page.</summary>
    /// <param name="root">The way from the page to the site's root: empty, or <c>../../</c>.</param>
    /// <param name="head">What else stands in its head.</param>
    /// <param name="script">A script of the page's own; nearly all pages need none.</param>
    public static string Of(string title, string root, StringBuilder body, string head = "", string script = "")
    {
        var policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
            + (script.Length == 0 ? "" : $"; script-src '{Hash(script)}'");
        var home = root.Length == 0 ? "" : $"<header><nav aria-label=\"Site\"><a href=\"{root}index.html\">"
            + "All runs</a></nav></header>\n";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="{root}favicon.ico">
            <title>{Text(title)}</title>
            {(script.Length == 0 ? "" : $"<script>{script}</script>\n")}{head}<style>{Style}</style>
            </head>
            <body>
            {home}<main>
            {body}</main>
            </body>
            </html>

            """;
    }

    /// <summary>Text that a browser shows as it is: markup is escaped, and control characters become blanks.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(GuestText.Plain(text));

    /// <summary>A relative address.</summary>
    public static string Href(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    public static string Link(string path, string text) => $"<a href=\"{Href(path)}\">{Text(text)}</a>";

    public static StringBuilder Line(this StringBuilder text, string line) => text.Append(line).Append('\n');

    /// <summary>Begins a table. Wide ones scroll by themselves, with the keyboard too.</summary>
    /// <param name="name">Tells the table apart from others.</param>
    /// <param name="texts">The heads of the first columns.</param>
    /// <param name="numbers">The heads of the columns behind them, which hold numbers.</param>
    /// <param name="last">The heads of the columns behind these.</param>
    public static void Open(StringBuilder page, string name, string[] texts, string[] numbers, params string[] last) =>
        page.Append($"<section class=\"wide\" tabindex=\"0\" aria-label=\"{Text(name)}\"><table><thead><tr>")
            .AppendJoin("", texts.Select(t => $"<th scope=\"col\">{t}</th>"))
            .AppendJoin("", numbers.Select(n => $"<th scope=\"col\" class=\"n\">{n}</th>"))
            .AppendJoin("", last.Select(t => $"<th scope=\"col\">{t}</th>")).Line("</tr></thead><tbody>");

    public static void Close(StringBuilder page) => page.Line("</tbody></table></section>");

    public static string Numbers(params int[] numbers) => string.Concat(
        numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">{n}</td>")));

    /// <summary>A list of lines below a title.</summary>
    public static void List(StringBuilder page, string title, IReadOnlyList<string> lines) => page
        .Line($"<h3>{Text(title)}</h3>").Append("<ul>")
        .AppendJoin("", lines.Select(l => $"<li>{Text(l)}</li>")).Line("</ul>");

    /// <summary>Says which files the site has no room for, if any.</summary>
    /// <param name="files">Those that the page would link to.</param>
    /// <param name="elsewhere">Where they are to be had, as HTML.</param>
    public static void Missing(StringBuilder page, SiteContent content, IEnumerable<RunFile> files, string elsewhere)
    {
        if (content.Plan.Missing(files) is { Count: > 0 } missing)
        {
            page.Line($"<p class=\"note\">Not here, as the site may have {content.Megabytes} MB: "
                + $"{Text(string.Join(", ", missing))}. {elsewhere}</p>");
        }
    }

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Hash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
