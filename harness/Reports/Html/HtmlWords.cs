using System.Globalization;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports.Html;

/// <summary>What components of the page share: signs, classes, numbers.</summary>
internal static class HtmlWords
{
    private const int ShortHash = 12;

    public static string Sign(CaseStatus status) => status switch
    {
        CaseStatus.Pass => "✓",
        CaseStatus.Fail => "✗",
        CaseStatus.Skip => "–",
        _ => "!",
    };

    /// <summary>The class in report.css; what gave no verdict and what gave two look alike.</summary>
    public static string Class(CaseStatus status) => status switch
    {
        CaseStatus.Pass => "pass",
        CaseStatus.Fail => "fail",
        CaseStatus.Skip => "skip",
        _ => "error",
    };

    public static string Class(Cell cell) => cell switch
    {
        { IsEmpty: true } => "none",
        { Error: > 0 } => "error",
        { AllFail: true } => "fail",
        { Fail: > 0 } => "mixed",
        { Pass: > 0 } => "pass",
        _ => "skip",
    };

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    public static string Short(string hash) => GuestText.Line(hash[..Math.Min(ShortHash, hash.Length)]);
}
