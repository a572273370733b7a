using System.Globalization;
using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// <c>results.ktap</c>: all kernels in one document of KTAP version 1, each a nested test. A result that is as expected
/// is <c>ok</c>, and a failure that was foreseen a SKIP, which is the one directive that kunit.py knows
/// (kunit_parser.py, Linux 6.1 to 7.3). The strict form has such a failure as <c>not ok … # XFAIL</c>, which readers of
/// kselftests know.
/// </summary>
public static class KtapReport
{
    public const string FileName = "results.ktap";

    private const string Name = "ktap";

    private const string Header = "KTAP version 1";
    private const string Indent = "  ";

    public static ReportFormat Format { get; } =
        new(Name, FileName, (story, stream) => Write(story, strict: false, stream));

    /// <summary>With foreseen failures as XFAIL.</summary>
    public static ReportFormat Strict { get; } =
        new(Name, FileName, (story, stream) => Write(story, strict: true, stream));

    private static void Write(RunStory story, bool strict, Stream stream)
    {
        var document = story.Document;
        var text = new StringBuilder();
        using var writer =
            new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        Put(text, Header);
        Put(text, KtapText.Comment($"run {document.Run.Id}"));
        Put(text, Plan(document.Kernels.Count));
        foreach (var (kernel, i) in document.Kernels.Select((k, i) => (k, i)))
        {
            Kernel(text, kernel, i + 1, strict);
            writer.Write(text);
            text.Clear();
        }
        writer.Write(text);
    }

    private static void Kernel(StringBuilder text, KernelResult kernel, int number, bool strict)
    {
        if (kernel.Cases.Count > 0)
        {
            Cases(text, kernel, strict);
        }
        if (kernel.ConsoleExcerpt is { } excerpt)
        {
            Quote(text, "", kernel.Id, excerpt);
        }
        var good = kernel is { Status: KernelStatus.Tested, AsExpected: true } && kernel.Cases.All(c => c.AsExpected);
        var why = KtapText.Explanation(Words.Of(kernel));
        Put(text, Result(good || (kernel.Status != KernelStatus.Tested && kernel.AsExpected), number, kernel.Id)
            + kernel switch
            {
                { Status: KernelStatus.Tested, AsExpected: true } => "",
                { AsExpected: true } => $" # SKIP {why}",
                _ => $" # ERROR {why}",
            });
    }

    private static void Cases(StringBuilder text, KernelResult kernel, bool strict)
    {
        var known = kernel.Known is { } from ? KnownRows.Of(from) : null;
        var facts = new[] { kernel.Version, kernel.Release, kernel.Arch, kernel.Source, known }.OfType<string>();
        Put(text, Indent + Header);
        Put(text, $"{Indent}# Subtest: {KtapText.Name(kernel.Id)}");
        Put(text, Indent + KtapText.Comment(string.Join(", ", facts)));
        Put(text, Indent + Plan(kernel.Cases.Count));
        foreach (var (result, i) in kernel.Cases.Select((c, i) => (c, i)))
        {
            if (result is { Status: not CaseStatus.Pass, Evidence: { } evidence })
            {
                Quote(text, Indent, result.Id, evidence);
            }
            var (good, explanation) = strict ? Strictly(result) : Of(result);
            Put(text, $"{Indent}{Result(good, i + 1, result.Id)}{explanation}");
        }
    }

    /// <summary>Diagnostics stand before the result that they belong to.</summary>
    private static void Quote(StringBuilder text, string indent, string id, string lines)
    {
        foreach (var line in GuestText.Lines(lines).Split('\n'))
        {
            Put(text, indent + KtapText.Comment($"{id}: {line}"));
        }
    }

    private static (bool Good, string Explanation) Of(CaseResult result)
    {
        var (outcome, message) = CaseVerdict.Of(result);
        // That it was expected says nothing new of a case for which the kernel lacks something.
        var why = KtapText.Explanation(
            result is { Status: CaseStatus.Skip, AsExpected: true } ? Words.Answer(result) : message);
        return outcome switch
        {
            TestOutcome.Passed => (true, ""),
            TestOutcome.Skipped => (true, $" # SKIP {why}"),
            TestOutcome.Failure => (false, $" # {why}"),
            _ => (false, $" # ERROR {why}"),
        };
    }

    private static (bool Good, string Explanation) Strictly(CaseResult result)
    {
        var answer = KtapText.Explanation(Words.Answer(result));
        return result.Status switch
        {
            CaseStatus.Pass => (true, ""),
            CaseStatus.Skip => (true, $" # SKIP {answer}"),
            CaseStatus.Fail when result.AsExpected => (false, $" # XFAIL {answer}"),
            CaseStatus.Fail => (false, $" # {answer}"),
            _ => (false, $" # ERROR {answer}"),
        };
    }

    private static void Put(StringBuilder text, string line) => text.Line(KtapText.Line(line));

    private static string Plan(int count) => $"1..{Number(count)}";

    private static string Result(bool good, int number, string name) =>
        $"{(good ? "ok" : "not ok")} {Number(number)} {KtapText.Name(name)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
