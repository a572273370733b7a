using System.Text;
using System.Text.RegularExpressions;

namespace Harness;

/// <summary>
/// A pattern over ids as a shell writes it: <c>*</c> and <c>?</c> (a dot is nothing special), <c>[abc]</c>, and
/// <c>{a,b}</c> alternatives. Without braces it means what fnmatch(3) makes of it in the prober.
/// </summary>
public sealed class Glob
{
    private readonly Regex _regex;

    /// <exception cref="FormatException">Brackets or braces do not pair.</exception>
    public Glob(string pattern)
    {
        Pattern = pattern;
        Alternatives = [.. Expand(pattern)];
        _regex = new Regex("^(?:" + string.Join('|', Alternatives.Select(ToRegex)) + ")$",
            RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    public string Pattern { get; }

    /// <summary>The same pattern without braces: any of these.</summary>
    public IReadOnlyList<string> Alternatives { get; }

    public bool Matches(string text) => _regex.IsMatch(text);

    public override string ToString() => Pattern;

    private static IEnumerable<string> Expand(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return pattern.Contains('}', StringComparison.Ordinal) ? throw new FormatException($"'{pattern}' has a }} without {{") : [pattern];
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
            if (pattern[i] != '[')
            {
                regex.Append(pattern[i] switch { '*' => ".*", '?' => ".", var c => Regex.Escape(c.ToString()) });
                continue;
            }
            var close = pattern.IndexOf(']', Math.Min(i + 2, pattern.Length));
            if (close < 0)
            {
                throw new FormatException($"'{pattern}' has a [ without ]");
            }
            var set = pattern[(i + 1)..close].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
            regex.Append('[').Append(set[0] == '!' ? "^" + set[1..] : set[0] == '^' ? "\\" + set : set).Append(']');
            i = close;
        }
        return regex.ToString();
    }
}
