using System.Text;
using Harness.Analysis;
using Harness.Reports;
using Harness.Reports.Html;
using Harness.Results;

namespace Harness.Tests.Support;

/// <summary>Reports as text.</summary>
internal static class WrittenReport
{
    public static string Write(this ReportFormat format, RunDocument document) => Of(format.WriteTo, document);

    public static string Of(Action<RunStory, Stream> write, RunDocument document)
    {
        using var stream = new MemoryStream();
        write(Story(document), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string Markdown(RunDocument document) => MarkdownReport.Write(Story(document));

    public static string Html(RunDocument document) => HtmlReport.Write(Story(document));

    public static string Badge(RunDocument document) => BadgeReport.Write(Story(document));

    private static RunStory Story(RunDocument document) => new(document, Samples.Probes);
}
