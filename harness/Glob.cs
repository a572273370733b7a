using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Harness;

/// <summary>
/// A pattern over ids as a shell writes it: <c>*</c> and <c>?</c> (a dot is nothing special), <c>[abc]</c>, and
/// <c>{a,b}</c> alternatives. Without braces it means what fnmatch(3) makes of it in the prober.
/// </summary>
public sealed class Glob
{
    /// <summary>The limit for patterns without braces: each pair of braces multiplies their number.</summary>
    private const int MostAlternatives = 1000;

    private readonly string _expression;
    private Regex? _regex;

    /// <exception cref="FormatException">Brackets or braces do not pair, or a character is not allowed.</exception>
    public Glob(string pattern)
    {
        Pattern = pattern;
        Alternatives = [.. Expand(pattern).Take(MostAlternatives + 1)];
        if (Alternatives.Count > MostAlternatives)
        {
            throw new FormatException($"'{pattern}' stands for more than {MostAlternatives} patterns");
        }
        _expression = "^(?:" + string.Join('|', Alternatives.Select(ToRegex)) + ")$";
    }

    public string Pattern { get; }

    /// <summary>The same pattern without braces: any of these.</summary>
    public IReadOnlyList<string> Alternatives { get; }

    /// <summary>
    /// Whether the text is of this pattern. The regular expression is made when it is first needed: that costs more
    /// than reading the pattern does.
    /// </summary>
    public bool Matches(string text) =>
        (_regex ??= new Regex(_expression, RegexOptions.CultureInvariant | RegexOptions.Singleline)).IsMatch(text);

    public override string ToString() => Pattern;

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

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '[')
            {
                var close = EndOfSet(pattern, i);
                regex.Append(SetToRegex(pattern, pattern[(i + 1)..close]));
                i = close;
                continue;
            }
            regex.Append(pattern[i] switch
            {
                '*' => ".*",
                '?' => ".",
                '\\' => throw new FormatException($"'{pattern}' has a backslash, which no id has"),
                var c => Regex.Escape(c.ToString()),
            });
        }
        return regex.ToString();
    }

    /// <summary>Finds the end of a set. A ] that stands first, or first after the negation, closes none.</summary>
    private static int EndOfSet(string pattern, int open)
    {
        var first = open + 1 < pattern.Length && pattern[open + 1] is '!' or '^' ? open + 2 : open + 1;
        var close = pattern.IndexOf(']', Math.Min(first + 1, pattern.Length));
        return close >= 0 ? close : throw new FormatException($"'{pattern}' has a [ without ]");
    }

    /// <summary>
    /// Translates a set. glibc's fnmatch(3) takes both signs of negation, so both are taken here. Classes such as
    /// <c>[:alpha:]</c> are refused: no id needs one.
    /// </summary>
    private static string SetToRegex(string pattern, string set)
    {
        var negated = set[0] is '!' or '^';
        var regex = new StringBuilder(negated ? "[^" : "[");
        for (var i = negated ? 1 : 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            var last = isRange ? set[i + 2] : set[i];
            if (last < set[i] || set[i] == '\\' || last == '\\'
                || (set[i] == '[' && i + 1 < set.Length && set[i + 1] is ':' or '.' or '='))
            {
                throw new FormatException($"'{pattern}' has a set that is not understood: [{set}]");
            }
            regex.Append(CultureInfo.InvariantCulture, $"\\u{(int)set[i]:x4}-\\u{(int)last:x4}");
            i += isRange ? 2 : 0;
        }
        return regex.Append(']').ToString();
    }
}
