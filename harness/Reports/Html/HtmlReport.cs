using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Harness.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Reports.Html;

/// <summary>
/// <c>report.html</c>: one file that asks nothing of anybody. Components render what reads without a script; the script
/// builds the grid of all results from data in the page, and its policy forbids any request and any other script.
/// </summary>
public static class HtmlReport
{
    public const string FileName = "report.html";

    private static readonly string _style = Resource("report.css");
    private static readonly string _script = Resource("report.js");

    public static string Write(RunDocument document)
    {
        var text = new StringBuilder();
        text.Line("<!DOCTYPE html>").Line("<html lang=\"en\">").Line("<head>").Line("<meta charset=\"utf-8\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(_style)}'; script-src '{Hash(_script)}'; img-src data:; base-uri 'none'; form-action 'none'\">")
            .Line("<meta name=\"color-scheme\" content=\"light dark\">")
            .Line("<link rel=\"icon\" href=\"data:,\">")
            .Line("<title>Where struct-typed inner maps work</title>")
            .Line($"<style>{_style}</style>").Line("</head>").Line("<body>")
            .Line(Body(document).Trim())
            .Line($"<script type=\"application/json\" id=\"data\">{HtmlData.Write(document)}</script>")
            .Line($"<script>{_script}</script>").Line("</body>").Line("</html>");
        return text.ToString();
    }

    private static string Body(RunDocument document)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        try
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(HtmlPage.Document)] = document });
            return renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<HtmlPage>(parameters)).ToHtmlString())
                .GetAwaiter().GetResult().ReplaceLineEndings("\n");
        }
        finally
        {
            renderer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
