using System.Text.RegularExpressions;

namespace Harness;

/// <summary>
/// A pattern over ids as a shell writes it: <c>*</c> and <c>?</c> (a dot is nothing special), <c>[abc]</c>, and
/// <c>{a,b}</c> alternatives. Without braces it means what fnmatch(3) makes of it in the prober.
/// </summary>
public sealed partial class Glob
{
    /// <summary>The limit for patterns without braces: each pair of braces multiplies their number.</summary>
    private const int MostAlternatives = 1000;

    /// <summary>The limit for braces in a pattern: each is one more call of a method by itself.</summary>
    private const int MostBraces = 100;

    /// <summary>
    /// The regular expression of a pattern that is not empty; JavaScript reads it, too. It leaves three things to be
    /// seen by reading: sets whose ranges run backwards, too many alternatives, and too many braces.
    /// </summary>
    public const string SyntaxPattern = SyntaxStart + "$";

    private const string SyntaxStart = "^(?:" + Character + "|" + Set + @"|\{(?:" + Character + "|" + SetInBraces
        + @"|\{(?:" + Character + "|" + SetInBraces + @"|\{(?:" + Character + "|" + SetInBraces + @")*\})*\})*\})+";

    private const string Character = @"[^\[\\{}]";

    private const string BracketInSet = @"\[(?![:.=])";

    private const string Set = @"\[(?:[!^](?:[^\[\\{}]|" + BracketInSet + @")|[^\[\\{}!^]|" + BracketInSet + ")"
        + @"(?:[^\[\]\\{}]|" + BracketInSet + @")*\]";

    // A comma parts the alternatives of braces, wherever it stands.
    private const string SetInBraces = @"\[(?:[!^](?:[^\[\\{},]|" + BracketInSet + @")|[^\[\\{},!^]|" + BracketInSet
        + @")(?:[^\[\]\\{},]|" + BracketInSet + @")*\]";

    private readonly List<GlobParts> _parts;

    /// <exception cref="FormatException">Brackets or braces do not pair, or a character is not allowed.</exception>
    public Glob(string pattern)
    {
        Pattern = pattern;
        if (pattern.Count(c => c == '{') > MostBraces)
        {
            throw new FormatException($"a pattern has more than {MostBraces} pairs of braces");
        }
        Alternatives = [.. Expand(pattern).Take(MostAlternatives + 1)];
        if (Alternatives.Count > MostAlternatives)
        {
            throw new FormatException($"'{pattern}' stands for more than {MostAlternatives} patterns");
        }
        _parts = [.. Alternatives.Select(GlobParts.Of)];
        if (pattern.Length > 0 && !Syntax().IsMatch(pattern))
        {
            throw new FormatException(
                $"'{pattern}' has braces in brackets, brackets with a comma in braces, or braces in each other"
                    + " more than 3 deep");
        }
    }

    public string Pattern { get; }

    /// <summary>The same pattern without braces: any of these.</summary>
    public IReadOnlyList<string> Alternatives { get; }

    /// <summary>Whether the text is of this pattern.</summary>
    public bool Matches(string text) => _parts.Exists(parts => parts.Match(text));

    /// <summary>Whether some text is of both patterns.</summary>
    public bool Overlaps(Glob other) => _parts.Exists(parts => other._parts.Exists(parts.Overlaps));

    public override string ToString() => Pattern;

    [GeneratedRegex(SyntaxStart + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Syntax();

    private static IEnumerable<string> Expand(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return pattern.Contains('}', StringComparison.Ordinal)
                ? throw new FormatException($"'{pattern}' has a }} without {{")
                : [pattern];
        }
        var (parts, close) = SplitBraces(pattern, open);
        return parts.SelectMany(part => Expand(pattern[..open] + part + pattern[(close + 1)..]));
    }

    private static (List<string> Parts, int Close) SplitBraces(string pattern, int open)
    {
        var parts = new List<string>();
        var depth = 0;
        var start = open + 1;
        for (var i = open; i < pattern.Length; i++)
        {
            depth += pattern[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0 || (depth == 1 && pattern[i] == ','))
            {
                parts.Add(pattern[start..i]);
                start = i + 1;
            }
            if (depth == 0)
            {
                return (parts, i);
            }
        }
        throw new FormatException($"'{pattern}' has a {{ without }}");
    }
}
