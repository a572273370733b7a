using System.Globalization;
using System.Text.Json;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>How results are called where people read them.</summary>
public static class Words
{
    public const string BootedPlain = "booted as its vendor ships it, without the parameters that only save time: with them it did not reach the prober when that was last tried";

    /// <summary><c>1 kernel</c>, <c>2 kernels</c>.</summary>
    public static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>As in results.json, with spaces: <c>boot failed</c>.</summary>
    public static string Of(KernelStatus status) => Spaced(status.ToString());

    public static string Of(CaseStatus status) => Spaced(status.ToString());

    public static string Of(Outcome outcome) => outcome == Outcome.Accept ? "accepted" : "rejected";

    public static string Of(CaseEnd end) => Of(end.Status, end.Outcome, end.Step, end.Errno);

    /// <summary>What a kernel answered: <c>rejected at update with EINVAL</c>.</summary>
    public static string Of(CaseStatus status, Outcome? outcome, string? step, string? errno)
    {
        var at = step is null ? "" : $" at {step}{(errno is null ? "" : $" with {errno}")}";
        return (status, outcome) switch
        {
            (CaseStatus.Skip, _) => $"not applicable{at}",
            (CaseStatus.Flaky, _) => "flaky",
            (CaseStatus.Error, _) => $"no verdict{at}",
            (_, Outcome.Accept) => "accepted",
            _ => $"rejected{at}",
        };
    }

    /// <summary>One sign where all map types that the kernel can express agree; else how many of each.</summary>
    public static string Verdict(Cell cell) => cell switch
    {
        { AllPass: true } => "✓",
        { AllFail: true } => "✗",
        _ => Of(cell),
    };

    /// <summary>A sign and, where map types differ, how many.</summary>
    public static string Of(Cell cell)
    {
        if (cell.IsEmpty)
        {
            return "";
        }
        var parts = new[] { ("✓", cell.Pass), ("✗", cell.Fail), ("–", cell.Skip), ("!", cell.Error) }.Where(p => p.Item2 > 0).ToList();
        return parts.Count == 1 ? parts[0].Item1 : string.Join(' ', parts.Select(p => $"{p.Item1}{p.Item2}"));
    }

    /// <summary>"rejected at update with EINVAL, wanted accepted", with the reason where there is one.</summary>
    public static string Answer(CaseResult result)
    {
        var at = result.Step is null ? "" : $" at {result.Step}{(result.Errno is null ? "" : $" with {result.Errno}")}";
        var wanted = result.Status == CaseStatus.Fail ? $", wanted {(result.Want == Outcome.Accept ? "accepted" : "rejected")}" : "";
        var answer = (result.Status, result.Outcome) switch
        {
            (CaseStatus.Skip, _) => "not applicable",
            (CaseStatus.Flaky, _) => "flaky",
            (CaseStatus.Error, _) => "no verdict",
            (_, Outcome.Accept) => "accepted",
            _ => "rejected",
        };
        return $"{answer}{at}{wanted}{(result.Reason is null ? "" : $": {result.Reason}")}";
    }

    private static string Spaced(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ');
}
