using System.Globalization;
using System.Text;
using System.Xml;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// <c>junit.xml</c>: a kernel is a suite. A verdict that is not what is wanted is a failure, foreseen or not, and its
/// message says which; no verdict is an error, and so is a kernel that was not tested to its end.
/// </summary>
public static class JUnitReport
{
    public const string FileName = "junit.xml";

    public static void WriteTo(RunStory story, Stream stream)
    {
        var document = story.Document;
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
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", GuestText.Line(Name(story)));
            Counts(xml, document.Kernels);
            xml.WriteAttributeString("time", Seconds((document.Run.FinishedAt - document.Run.StartedAt).TotalSeconds));
            foreach (var kernel in document.Kernels)
            {
                Suite(xml, document.Run, kernel);
            }
            xml.WriteEndElement();
        }
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The probes' names for their suites, and the run.</summary>
    private static string Name(RunStory story) =>
        string.Join(' ',
            [.. story.Probes.AskedBy(story.Document.Run).Select(p => p.Words.JUnit), story.Document.Run.Id]);

    private static void Suite(XmlWriter xml, RunInfo run, KernelResult kernel)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", GuestText.Line(kernel.Id));
        Counts(xml, [kernel]);
        xml.WriteAttributeString("time", Seconds(kernel.Seconds));
        xml.WriteAttributeString("timestamp",
            run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        Properties(xml, kernel);
        foreach (var result in kernel.Cases)
        {
            Case(xml, kernel, result);
        }
        if (IsTroubled(kernel))
        {
            Untested(xml, kernel);
        }
        xml.WriteEndElement();
    }

    /// <summary>The kernel itself is an error: it was not tested to its end, or it complained.</summary>
    private static bool IsTroubled(KernelResult kernel) => kernel.Status != KernelStatus.Tested || !kernel.AsExpected;

    private static void Counts(XmlWriter xml, IReadOnlyList<KernelResult> kernels)
    {
        var untested = kernels.Count(IsTroubled);
        xml.WriteAttributeString("tests", Number(kernels.Sum(k => k.Cases.Count) + untested));
        xml.WriteAttributeString("failures", Number(Count(CaseStatus.Fail)));
        xml.WriteAttributeString("errors", Number(Count(CaseStatus.Error) + Count(CaseStatus.Flaky) + untested));
        xml.WriteAttributeString("skipped", Number(Count(CaseStatus.Skip)));

        int Count(CaseStatus status) => kernels.Sum(k => k.Cases.Count(c => c.Status == status));
    }

    private static void Properties(XmlWriter xml, KernelResult kernel)
    {
        xml.WriteStartElement("properties");
        foreach (var (name, value) in new[]
        {
            ("status", Words.Of(kernel.Status)), ("release", kernel.Release), ("version", kernel.Version),
            ("arch", kernel.Arch), ("source", kernel.Source), ("sha256", kernel.Sha256),
        })
        {
            if (value is not null)
            {
                xml.WriteStartElement("property");
                xml.WriteAttributeString("name", name);
                xml.WriteAttributeString("value", GuestText.Line(value));
                xml.WriteEndElement();
            }
        }
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, KernelResult kernel, CaseResult result)
    {
        Start(xml, kernel, result.Id);
        if (result.Status == CaseStatus.Skip)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Message(result));
            xml.WriteEndElement();
        }
        else if (result.Status != CaseStatus.Pass)
        {
            xml.WriteStartElement(result.Status == CaseStatus.Fail ? "failure" : "error");
            xml.WriteAttributeString("type", Words.Of(result.Status));
            xml.WriteAttributeString("message", Message(result));
            xml.WriteString(GuestText.Line(string.Join(' ', Details(result))));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Untested(XmlWriter xml, KernelResult kernel)
    {
        Start(xml, kernel, "kernel");
        xml.WriteStartElement("error");
        xml.WriteAttributeString(
            "type", kernel.Status == KernelStatus.Tested ? "complained" : Words.Of(kernel.Status));
        xml.WriteAttributeString("message", GuestText.Line(Words.Of(kernel)));
        xml.WriteEndElement();
        if (kernel.ConsoleExcerpt is { } excerpt)
        {
            xml.WriteElementString("system-out", GuestText.Lines(excerpt));
        }
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, KernelResult kernel, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", GuestText.Line(kernel.Id));
        xml.WriteAttributeString("name", GuestText.Line(name));
    }

    private static string Message(CaseResult result) =>
        GuestText.Line(Words.Answer(result) + (result.AsExpected ? ", as expected" : ""));

    private static IEnumerable<string> Details(CaseResult result)
    {
        var details = new[] { ("Cause", result.Cause), ("Workaround", result.Workaround), ("Source", result.Source) };
        foreach (var (name, text) in details)
        {
            if (text is not null)
            {
                yield return $"{name}: {text}";
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
