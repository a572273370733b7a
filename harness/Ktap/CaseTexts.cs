using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Harness.Ktap;

/// <summary>
/// Puts the texts of a report together again, which it has in lines <c># text ID NAME MARKLINE</c> (protocol 1 in
/// bpf/README.md). Lines that are not of that form are left out: a guest may write what it likes.
/// </summary>
public static partial class CaseTexts
{
    private const string Start = "text ";

    /// <param name="diagnostics">Of a report, without their mark.</param>
    /// <returns>One for each case and name, in the order of their first lines.</returns>
    public static IReadOnlyList<CaseText> Read(IEnumerable<string> diagnostics)
    {
        var texts = new Dictionary<(string Case, string Name), (StringBuilder Text, long Lost)>();
        foreach (var line in diagnostics.Where(d => d.StartsWith(Start, StringComparison.Ordinal)))
        {
            if (Line().Match(line) is { Success: true } match)
            {
                var key = (match.Groups["case"].Value, match.Groups["name"].Value);
                var (text, lost) = texts.GetValueOrDefault(key, (new StringBuilder(), 0));
                texts[key] = (text, lost + Take(match, text));
            }
        }
        return [.. texts.Select(t => new CaseText(t.Key.Case, t.Key.Name, t.Value.Text.ToString(), t.Value.Lost))];
    }

    /// <returns>How many bytes the line says are lost.</returns>
    private static long Take(Match match, StringBuilder text)
    {
        var content = match.Groups["line"].Value;
        if (match.Groups["mark"].Value == "!")
        {
            return long.TryParse(content, NumberStyles.None, CultureInfo.InvariantCulture, out var lost) ? lost : 0;
        }
        text.Append(Escape().Replace(content, hex => ((char)Convert.ToByte(hex.Groups[1].Value, 16)).ToString()));
        if (match.Groups["mark"].Value == "|")
        {
            text.Append('\n');
        }
        return 0;
    }

    [GeneratedRegex(@"^text (?<case>[A-Za-z0-9_+.-]+) (?<name>[a-z]+) (?<mark>[|+!-])(?<line>.*)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"\\x([0-9a-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
