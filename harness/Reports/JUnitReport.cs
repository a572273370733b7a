using System.Text;
using System.Xml;

namespace Harness.Reports;

/// <summary>
/// <c>junit.xml</c>: a kernel is a suite. By default the file agrees with the run's exit code: what is as expected is
/// no failure, and without failures and errors the run is as expected. A failure that was foreseen is skipped, as
/// expected failures are in other frameworks. The strict form says what each kernel does, foreseen or not.
/// </summary>
public static class JUnitReport
{
    public const string FileName = "junit.xml";

    private const string Name = "junit";

    public static ReportFormat Format { get; } =
        new(Name, FileName, (story, stream) => Write(new JUnitVerdicts(story, strict: false), stream));

    /// <summary>Each case that did not pass is a failure, and each kernel that was not tested an error.</summary>
    public static ReportFormat Strict { get; } =
        new(Name, FileName, (story, stream) => Write(new JUnitVerdicts(story, strict: true), stream));

    private static void Write(JUnitVerdicts verdicts, Stream stream)
    {
        stream.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            OmitXmlDeclaration = true,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            new JUnitWriter(verdicts, xml).Write();
        }
        stream.WriteByte((byte)'\n');
    }
}
