using System.Text.Json;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>How results are called where people read them.</summary>
public static class Words
{
    /// <summary>As in results.json, with spaces: <c>boot failed</c>.</summary>
    public static string Of(KernelStatus status) => Spaced(status.ToString());

    public static string Of(CaseStatus status) => Spaced(status.ToString());

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

    private static string Spaced(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ');
}
