using System.Globalization;
using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// <c>results.ktap</c>: all kernels in one document of KTAP version 1, each a nested test. A result that is as expected
/// is <c>ok</c>: a failure that was foreseen is marked XFAIL, as the format has it.
/// </summary>
public static class KtapReport
{
    public const string FileName = "results.ktap";

    private const string Header = "KTAP version 1";
    private const string Indent = "  ";

    public static void WriteTo(RunStory story, Stream stream)
    {
        var document = story.Document;
        var text = new StringBuilder();
        using var writer =
            new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        text.Line(Header).Line($"# run {Field(document.Run.Id)}").Line($"1..{Number(document.Kernels.Count)}");
        foreach (var (kernel, i) in document.Kernels.Select((k, i) => (k, i)))
        {
            Kernel(text, kernel, i + 1);
            writer.Write(text);
            text.Clear();
        }
        writer.Write(text);
    }

    private static void Kernel(StringBuilder text, KernelResult kernel, int number)
    {
        if (kernel.Cases.Count > 0)
        {
            var facts = new[] { kernel.Version, kernel.Release, kernel.Arch, kernel.Source }.OfType<string>()
                .Select(Field);
            text.Line(Indent + Header).Line($"{Indent}# Subtest: {Field(kernel.Id)}")
                .Line($"{Indent}# {string.Join(", ", facts)}").Line($"{Indent}1..{Number(kernel.Cases.Count)}");
            foreach (var (result, i) in kernel.Cases.Select((c, i) => (c, i)))
            {
                var passes = result.Status is CaseStatus.Pass or CaseStatus.Skip;
                text.Line($"{Indent}{Result(passes, i + 1, result.Id)}{Directive(result)}");
            }
        }
        if (kernel.ConsoleExcerpt is { } excerpt)
        {
            foreach (var line in GuestText.Lines(excerpt).Split('\n'))
            {
                text.Line($"# {Field(kernel.Id)}: {line}");
            }
        }
        var good = kernel is { Status: KernelStatus.Tested, AsExpected: true } && kernel.Cases.All(c => c.AsExpected);
        text.Line(Result(good || (kernel.Status != KernelStatus.Tested && kernel.AsExpected), number, kernel.Id)
            + kernel switch
            {
                { Status: KernelStatus.Tested, AsExpected: true } => "",
                { AsExpected: true } => $" # SKIP {Why(kernel)}",
                _ => $" # ERROR {Why(kernel)}",
            });
    }

    private static string Directive(CaseResult result) => result.Status switch
    {
        CaseStatus.Pass => "",
        CaseStatus.Skip => $" # SKIP {Field(Words.Answer(result))}",
        CaseStatus.Fail when result.AsExpected => $" # XFAIL {Field(Words.Answer(result))}",
        CaseStatus.Fail => $" # {Field(Words.Answer(result))}",
        _ => $" # ERROR {Field(Words.Answer(result))}",
    };

    private static string Result(bool good, int number, string name) =>
        $"{(good ? "ok" : "not ok")} {Number(number)} {Field(name)}";

    private static string Why(KernelResult kernel) => Field(Words.Of(kernel));

    /// <summary>A # would begin the directive.</summary>
    private static string Field(string text) => GuestText.Line(text).Replace("#", "\\#", StringComparison.Ordinal);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
