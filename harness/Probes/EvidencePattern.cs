using System.Text.RegularExpressions;

namespace Harness.Probes;

/// <summary>
/// What a cause's rule finds in the evidence of a case, such as a line of a verifier's log. Its named groups may stand
/// in the cause: <c>helper {helper} is not there</c>.
/// </summary>
public sealed partial class EvidencePattern
{
    /// <summary>In characters: what a guest said is no longer in a sentence.</summary>
    private const int LongestName = 100;

    private readonly Regex _pattern;

    private EvidencePattern(Regex pattern) => _pattern = pattern;

    /// <param name="pattern">
    /// A regular expression of .NET without look-around and back-references: the time that it takes is linear in the
    /// evidence, whatever a guest said. <c>^</c> and <c>$</c> stand for the ends of lines.
    /// </param>
    /// <param name="cause">The sentence that may name the groups.</param>
    /// <exception cref="FormatException">
    /// It is no such expression, or the cause names a group that it does not have.
    /// </exception>
    public static EvidencePattern Parse(string pattern, string cause)
    {
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
        var groups = regex.GetGroupNames();
        return Names().Matches(cause).Select(m => m.Groups[1].Value)
            .FirstOrDefault(n => !groups.Contains(n)) is { } name
            ? throw new FormatException($"the cause names {{{name}}}, which is no group of the pattern")
            : new EvidencePattern(regex);
    }

    public bool IsIn(string? evidence) => evidence is not null && _pattern.IsMatch(evidence);

    /// <summary>The sentence with what the groups found; a group that found nothing leaves nothing.</summary>
    public string Fill(string cause, string? evidence)
    {
        var found = _pattern.Match(evidence ?? "");
        return Names().Replace(cause, name => Shown(found.Groups[name.Groups[1].Value].Value));
    }

    /// <summary>A guest's words in a sentence of ours: one line, of bounded length.</summary>
    private static string Shown(string found)
    {
        var text = new string([.. found.Take(LongestName).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        return found.Length <= LongestName ? text : text + "…";
    }

    [GeneratedRegex(@"\{([a-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
