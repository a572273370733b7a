using System.Globalization;
using System.Xml;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// Writes what a report says as the XML that Jenkins' xUnit plugin takes (junit-10.xsd) and others take, too: only
/// suites have the attribute <c>skipped</c>, the element around them has none.
/// </summary>
internal sealed class JUnitWriter(JUnitVerdicts verdicts, XmlWriter xml)
{
    private const string RunSuite = "run";

    private readonly JUnitClasses _classes = new(verdicts.Document.Kernels.Select(k => k.Id).Append(RunSuite));

    private RunDocument Document => verdicts.Document;

    public void Write()
    {
        var ofRun = verdicts.OfRun().ToList();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", GuestText.Line(verdicts.Name));
        Counts(Document.Kernels.SelectMany(verdicts.Of).Concat(ofRun), ofSuite: false);
        xml.WriteAttributeString("time", Seconds((Document.Run.FinishedAt - Document.Run.StartedAt).TotalSeconds));
        foreach (var kernel in Document.Kernels)
        {
            Suite(kernel.Id, [.. verdicts.Of(kernel)], kernel);
        }
        if (ofRun.Count > 0)
        {
            Suite(RunSuite, ofRun, null);
        }
        xml.WriteEndElement();
    }

    private void Suite(string name, IReadOnlyList<JUnitCase> cases, KernelResult? kernel)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", GuestText.Line(name));
        Counts(cases, ofSuite: true);
        if (kernel is not null)
        {
            xml.WriteAttributeString("time", Seconds(kernel.Seconds));
        }
        xml.WriteAttributeString("timestamp",
            Document.Run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        if (kernel is not null)
        {
            Properties(kernel);
        }
        foreach (var item in cases)
        {
            Case(_classes.Of(item.Package, name), item);
        }
        xml.WriteEndElement();
    }

    private void Counts(IEnumerable<JUnitCase> cases, bool ofSuite)
    {
        var counts = cases.CountBy(c => c.Outcome).ToDictionary();
        xml.WriteAttributeString("tests", Number(counts.Values.Sum()));
        xml.WriteAttributeString("failures", Number(counts.GetValueOrDefault(TestOutcome.Failure)));
        xml.WriteAttributeString("errors", Number(counts.GetValueOrDefault(TestOutcome.Error)));
        if (ofSuite)
        {
            xml.WriteAttributeString("skipped", Number(counts.GetValueOrDefault(TestOutcome.Skipped)));
        }
    }

    private void Properties(KernelResult kernel)
    {
        xml.WriteStartElement("properties");
        foreach (var (name, value) in new[]
        {
            ("status", Analysis.Words.Of(kernel.Status)), ("release", kernel.Release), ("version", kernel.Version),
            ("arch", kernel.Arch), ("line", kernel.Line), ("source", kernel.Source), ("sha256", kernel.Sha256),
            ("known", kernel.Known is { } known ? Analysis.KnownRows.Of(known) : null),
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

    private void Case(string className, JUnitCase item)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", GuestText.Line(className));
        xml.WriteAttributeString("name", GuestText.Line(item.Name));
        if (item.Outcome != TestOutcome.Passed)
        {
            Outcome(item);
        }
        if (item.Output is { } output)
        {
            xml.WriteElementString("system-out", GuestText.Lines(output));
        }
        xml.WriteEndElement();
    }

    private void Outcome(JUnitCase item)
    {
        xml.WriteStartElement(item.Outcome switch
        {
            TestOutcome.Skipped => "skipped",
            TestOutcome.Failure => "failure",
            _ => "error",
        });
        if (item.Outcome != TestOutcome.Skipped)
        {
            xml.WriteAttributeString("type", item.Type);
        }
        xml.WriteAttributeString("message", GuestText.Line(item.Message));
        if (item.Details.Length > 0)
        {
            xml.WriteString(GuestText.Line(item.Details));
        }
        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
