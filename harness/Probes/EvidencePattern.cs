using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Probes;

/// <summary>
/// What a cause's rule finds in the evidence of a case, such as a line of a verifier's log. Its named groups may stand
/// in the cause: <c>helper {helper} is not there</c>. Where a group is a number in a table of names, the cause has its
/// name: <c>{number|helpers}</c>.
/// </summary>
public sealed partial class EvidencePattern
{
    /// <summary>In characters: what a guest said is no longer in a sentence.</summary>
    private const int LongestName = 100;

    private readonly Regex _pattern;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _tables;

    private EvidencePattern(Regex pattern, IReadOnlyDictionary<string, IReadOnlyList<string>> tables) =>
        (_pattern, _tables) = (pattern, tables);

    /// <param name="pattern">
    /// A regular expression of .NET without look-around and back-references: the time that it takes is linear in the
    /// evidence, whatever a guest said. <c>^</c> and <c>$</c> stand for the ends of lines.
    /// </param>
    /// <param name="cause">The sentence that may name the groups.</param>
    /// <param name="tables">Names by number, which the cause may take instead of a number that was found.</param>
    /// <exception cref="FormatException">
    /// It is no such expression, or the cause names a group or a table that there is not.
    /// </exception>
    public static EvidencePattern Parse(
        string pattern, string cause, IReadOnlyDictionary<string, IReadOnlyList<string>>? tables = null)
    {
        tables ??= new Dictionary<string, IReadOnlyList<string>>();
        Regex regex;
        try
        {
            regex = new Regex(
                pattern, RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{pattern}' is no pattern of evidence: {e.Message}", e);
        }
        foreach (Match name in Names().Matches(cause))
        {
            if (!regex.GetGroupNames().Contains(name.Groups[1].Value))
            {
                throw new FormatException($"the cause names {name.Value}, which is no group of the pattern");
            }
            if (name.Groups[2] is { Success: true, Value: var table } && !tables.ContainsKey(table))
            {
                throw new FormatException($"the cause names {name.Value}, and there is no table '{table}'");
            }
        }
        return new EvidencePattern(regex, tables);
    }

    public bool IsIn(string? evidence) => evidence is not null && _pattern.IsMatch(evidence);

    /// <summary>The sentence with what the groups found; a group that found nothing leaves nothing.</summary>
    public string Fill(string cause, string? evidence)
    {
        var found = _pattern.Match(evidence ?? "");
        return Names().Replace(cause, name => Shown(
            Named(found.Groups[name.Groups[1].Value].Value, name.Groups[2].Value)));
    }

    /// <summary>What a number stands for in a table, or the number where it has no name.</summary>
    private string Named(string found, string table) => table.Length == 0 ? found
        : int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < _tables[table].Count
                ? _tables[table][number]
                : $"number {found}";

    /// <summary>A guest's words in a sentence of ours: one line, of bounded length.</summary>
    private static string Shown(string found)
    {
        var text = new string([.. found.Take(LongestName).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        return found.Length <= LongestName ? text : text + "…";
    }

    [GeneratedRegex(@"\{([a-z]+)(?:\|([a-z]+))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
