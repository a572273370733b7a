using System.Text;
using Harness.Reports;
using Harness.Results;

namespace Harness.Tests.Support;

/// <summary>Reports as text.</summary>
internal static class WrittenReport
{
    public static string Write(this ReportFormat format, RunDocument document) => Of(format.WriteTo, document);

    public static string Of(Action<RunDocument, Stream> write, RunDocument document)
    {
        using var stream = new MemoryStream();
        write(document, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
