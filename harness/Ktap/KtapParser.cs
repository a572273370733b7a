using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Ktap;

/// <summary>Reads KTAP version 1. Truncation and noise are no errors: the document tells of them.</summary>
public static partial class KtapParser
{
    private static readonly string[] _directives = ["SKIP", "TODO", "XFAIL", "TIMEOUT", "ERROR"];

    public static KtapDocument Parse(string text)
    {
        var lines = text.Split('\n');
        var truncated = lines[^1].Length > 0;
        var hasVersion = false;
        int? plan = null;
        var results = new List<KtapResult>();
        var diagnostics = new List<string>();
        var noise = new List<string>();
        foreach (var line in lines.SkipLast(1).Select(l => l.TrimEnd('\r')))
        {
            if (line.StartsWith("KTAP version ", StringComparison.Ordinal))
            {
                hasVersion = true;
            }
            else if (plan is null && PlanLine().Match(line) is { Success: true } announced
                && TryNumber(announced.Groups[1].ValueSpan, out var count))
            {
                plan = count;
            }
            else if (ResultLine().Match(line) is { Success: true } result)
            {
                results.Add(Result(result, results.Count + 1));
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                diagnostics.Add(line[2..]);
            }
            else if (line.Length > 0)
            {
                noise.Add(line);
            }
        }
        return new KtapDocument(hasVersion, plan, results, diagnostics, noise, truncated);
    }

    private static KtapResult Result(Match match, int position)
    {
        var number = TryNumber(match.Groups["number"].ValueSpan, out var given) ? given : position;
        var rest = match.Groups["rest"].Value;
        var mark = rest.IndexOf('#', StringComparison.Ordinal);
        var description = (mark < 0 ? rest : rest[..mark]).Trim();
        if (description.StartsWith("- ", StringComparison.Ordinal))
        {
            description = description[2..];
        }
        var diagnostic = mark < 0 ? "" : rest[(mark + 1)..].Trim();
        var directive = _directives.FirstOrDefault(
            d => diagnostic == d || diagnostic.StartsWith(d + " ", StringComparison.Ordinal));
        return new KtapResult(number, match.Groups["not"].Length == 0, description, directive,
            directive is null ? diagnostic : diagnostic[directive.Length..].TrimStart());
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^1\.\.(\d+)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlanLine();

    [GeneratedRegex(@"^(?<not>not )?ok(?: (?<number>\d+))?(?: (?<rest>.*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ResultLine();
}
