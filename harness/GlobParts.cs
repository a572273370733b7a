namespace Harness;

/// <summary>
/// A pattern without braces, cut into its parts: one for each character that it takes, or for a <c>*</c>. It takes at
/// most as many steps as the text has characters, times the parts, where an expression that is searched by trial may
/// take for ever (<c>*a*a*a*a*b</c>).
/// </summary>
internal sealed class GlobParts
{
    private readonly List<Part> _parts = [];

    private GlobParts()
    {
    }

    /// <exception cref="FormatException">Brackets do not pair, or a character is not allowed.</exception>
    public static GlobParts Of(string pattern)
    {
        var read = new GlobParts();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '[')
            {
                var close = EndOfSet(pattern, i);
                read._parts.Add(Set(pattern, pattern[(i + 1)..close]));
                i = close;
                continue;
            }
            read._parts.Add(pattern[i] switch
            {
                '*' => new Part(IsStar: true, Negated: false, []),
                '?' => new Part(IsStar: false, Negated: true, []),
                '\\' => throw new FormatException($"'{pattern}' has a backslash, which no id has"),
                var c => new Part(IsStar: false, Negated: false, [(c, c)]),
            });
        }
        return read;
    }

    /// <summary>
    /// Whether all of the text is of this pattern. Where a part does not fit, the last star takes one character more;
    /// an earlier one need not, since what stands between the two has its first place already.
    /// </summary>
    public bool Match(ReadOnlySpan<char> text)
    {
        var (part, at) = (0, 0);
        var (star, taken) = (-1, 0);
        while (at < text.Length)
        {
            if (part < _parts.Count && _parts[part].IsStar)
            {
                (star, taken) = (part++, at);
            }
            else if (part < _parts.Count && _parts[part].Takes(text[at]))
            {
                (part, at) = (part + 1, at + 1);
            }
            else if (star >= 0)
            {
                (part, at) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }
        return _parts.Skip(part).All(rest => rest.IsStar);
    }

    /// <summary>Whether some text is of this pattern and of the other.</summary>
    public bool Overlaps(GlobParts other)
    {
        var (mine, others) = (_parts, other._parts);
        var seen = new bool[mine.Count + 1, others.Count + 1];
        var next = new Stack<(int Mine, int Others)>([(0, 0)]);
        while (next.TryPop(out var at))
        {
            var (i, j) = at;
            if (i > mine.Count || j > others.Count || seen[i, j])
            {
                continue;
            }
            seen[i, j] = true;
            if (i == mine.Count && j == others.Count)
            {
                return true;
            }
            // A star takes nothing, or what the other pattern takes next.
            if ((i < mine.Count && mine[i].IsStar) || (j < others.Count && others[j].IsStar))
            {
                next.Push((i + 1, j));
                next.Push((i, j + 1));
            }
            else if (i < mine.Count && j < others.Count && mine[i].Shares(others[j]))
            {
                next.Push((i + 1, j + 1));
            }
        }
        return false;
    }

    /// <summary>Finds the end of a set. A ] that stands first, or first after the negation, closes none.</summary>
    private static int EndOfSet(string pattern, int open)
    {
        var first = open + 1 < pattern.Length && pattern[open + 1] is '!' or '^' ? open + 2 : open + 1;
        var close = pattern.IndexOf(']', Math.Min(first + 1, pattern.Length));
        return close >= 0 ? close : throw new FormatException($"'{pattern}' has a [ without ]");
    }

    /// <summary>
    /// Reads a set. glibc's fnmatch(3) takes both signs of negation, so both are taken here. Classes such as
    /// <c>[:alpha:]</c> are refused: no id needs one.
    /// </summary>
    private static Part Set(string pattern, string set)
    {
        var negated = set[0] is '!' or '^';
        var ranges = new List<(char First, char Last)>();
        for (var i = negated ? 1 : 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            var last = isRange ? set[i + 2] : set[i];
            if (last < set[i] || set[i] == '\\' || last == '\\'
                || (set[i] == '[' && i + 1 < set.Length && set[i + 1] is ':' or '.' or '='))
            {
                throw new FormatException($"'{pattern}' has a set that is not understood: [{set}]");
            }
            ranges.Add((set[i], last));
            i += isRange ? 2 : 0;
        }
        return new Part(IsStar: false, negated, ranges);
    }

    /// <summary>What takes one character, or any number of them.</summary>
    private sealed record Part(bool IsStar, bool Negated, IReadOnlyList<(char First, char Last)> Ranges)
    {
        /// <summary>Whether both take some character; two that are negated leave out a few of them only.</summary>
        public bool Shares(Part other) => (Negated && other.Negated)
            || (Negated ? other : this).Ranges.Any(range =>
                Enumerable.Range(range.First, range.Last - range.First + 1)
                    .Any(c => Takes((char)c) && other.Takes((char)c)));

        public bool Takes(char c)
        {
            foreach (var (first, last) in Ranges)
            {
                if (first <= c && c <= last)
                {
                    return !Negated;
                }
            }
            return Negated;
        }
    }
}
