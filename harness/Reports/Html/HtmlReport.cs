using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Harness.Analysis;
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

    private static readonly string _style = Resource("report.css");
    private static readonly string _script = Resource("report.js");

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
