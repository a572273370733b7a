using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Harness.Analysis;
using Harness.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Reports.Html;

/// <summary>
/// <c>report.html</c>: one file that loads nothing from anywhere. Components render what reads without a script; the
/// script builds the grid of all results from data in the page. The page's policy forbids requests and other scripts.
/// </summary>
public static class HtmlReport
{
    public const string FileName = "report.html";

    /// <summary>Stands before the links to the files beside the report, and nowhere else in it.</summary>
    internal const string FilesBegin = "<!--files-->";

    /// <summary>Stands behind them.</summary>
    internal const string FilesEnd = "<!--/files-->";

    private static readonly string _style = Resource("report.css");

    /// <summary>The files of script/, in an order in which each uses what stands before it when it is loaded.</summary>
    private static readonly string[] _parts =
        ["data", "address", "elements", "filters", "panels", "grid", "timelines", "page"];

    private static readonly string _script =
        $"(() => {{\n'use strict';\n{string.Concat(_parts.Select(p => Resource($"script/{p}.js")))}}})();\n";

    public static string Write(RunStory story)
    {
        var text = new StringBuilder();
        var script = HtmlVocabulary.Of(story) + _script;
        text.Line("<!DOCTYPE html>").Line("<html lang=\"en\">").Line("<head>").Line("<meta charset=\"utf-8\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                + $"style-src '{Hash(_style)}'; script-src '{Hash(script)}'; "
                + "img-src data:; base-uri 'none'; form-action 'none'\">")
            .Line("<meta name=\"color-scheme\" content=\"light dark\">")
            .Line("<link rel=\"icon\" href=\"data:,\">")
            .Line($"<title>{HtmlEncoder.Default.Encode(GuestText.Line(story.Title))}</title>")
            .Line($"<style>{_style}</style>").Line("</head>").Line("<body>")
            .Line(Body(story).Trim())
            .Line($"<script type=\"application/json\" id=\"data\">{HtmlData.Write(story)}</script>")
            .Line($"<script>{script}</script>").Line("</body>").Line("</html>");
        return text.ToString();
    }

    /// <summary>The files beside the report in a run directory that a reader may want.</summary>
    internal static IReadOnlyList<string> FilesBeside() =>
        [ResultsFile.Name, .. ReportSet.All.Select(f => f.FileName).Where(name => name is not FileName)];

    private static string Body(RunStory story)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        try
        {
            var parameters =
                ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(HtmlPage.Story)] = story });
            return renderer.Dispatcher
                .InvokeAsync(async () => (await renderer.RenderComponentAsync<HtmlPage>(parameters)).ToHtmlString())
                .GetAwaiter().GetResult().ReplaceLineEndings("\n");
        }
        finally
        {
            renderer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static string Hash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
