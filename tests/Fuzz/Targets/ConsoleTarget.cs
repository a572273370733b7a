using System.Globalization;
using System.Text;
using Harness.Ktap;
using Harness.Results;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// What a guest wrote to its console and its channel, which a form feed parts; the first byte says how the VM ended.
/// Whatever the guest writes, it is not the harness's fault, and what a row says of it is short and harmless.
/// </summary>
internal sealed class ConsoleTarget : FuzzTarget
{
    private const int LongestReason = 1000;

    private static readonly VmEnding[] _endings = [VmEnding.Exited, VmEnding.Finished, VmEnding.Deadline];

    protected override void Run(byte[] input)
    {
        var ending = _endings[(input.Length == 0 ? 0 : input[0]) % _endings.Length];
        var text = Encoding.UTF8.GetString(input.AsSpan(Math.Min(1, input.Length))).Split('\f', 2);
        var channel = text.Length > 1 ? text[1] : "";
        var end = new VmEnd(ending, channel, text[0], "", 0, TimeSpan.FromSeconds(1));
        var report = ProbeReport.Read(channel, "feed");
        var (status, reason) = Classifier.Classify(end, report);
        Require(status is not (KernelStatus.InfraError or KernelStatus.NotRun or KernelStatus.Unavailable),
            "what a guest writes is the guest's doing");
        Require(status != KernelStatus.Tested || report.IsWhole, "a kernel is tested when its report is whole");
        Require(reason is null || (reason.Length <= LongestReason && reason.All(IsHarmless)),
            "a reason is one short line that can be shown");
        Require(IsWellFormed(reason ?? ""), "a reason has no half of a character");
        var complaints = ConsoleComplaints.Of(text[0], report, [], inOrder: true);
        Require(complaints.Count <= 20 && complaints.All(c => c.Text.Length <= LongestReason && c.Text.All(IsHarmless)
            && IsWellFormed(c.Text)), "complaints are some short lines that can be shown");
        var tail = ConsoleTail.Of(text[0], reason);
        Require(tail is null || (tail.Length <= 5000 && tail.All(c => c == '\n' || IsHarmless(c))),
            "an excerpt is some short lines that can be shown");
        Require(IsWellFormed(tail ?? ""), "an excerpt has no half of a character");
    }

    private static bool IsHarmless(char c) => CharUnicodeInfo.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsWellFormed(string text) =>
        text.EnumerateRunes().Count(r => r == Rune.ReplacementChar) == text.Count(c => c == '\uFFFD');
}
