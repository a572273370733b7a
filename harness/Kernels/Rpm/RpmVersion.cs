namespace Harness.Kernels.Rpm;

/// <summary>The version of an rpm package, which orders as rpm does (rpm-version(7)).</summary>
/// <param name="Epoch">0 where the package has none.</param>
/// <param name="Version">The upstream version.</param>
/// <param name="Release">The distribution's.</param>
public sealed record RpmVersion(int Epoch, string Version, string Release) : IComparable<RpmVersion>
{
    public int CompareTo(RpmVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = Epoch.CompareTo(other.Epoch);
        order = order != 0 ? order : Compare(Version, other.Version);
        return order != 0 ? order : Compare(Release, other.Release);
    }

    public static bool operator <(RpmVersion a, RpmVersion b) => a.CompareTo(b) < 0;

    public static bool operator >(RpmVersion a, RpmVersion b) => a.CompareTo(b) > 0;

    public static bool operator <=(RpmVersion a, RpmVersion b) => a.CompareTo(b) <= 0;

    public static bool operator >=(RpmVersion a, RpmVersion b) => a.CompareTo(b) >= 0;

    /// <summary>Without the epoch, as files of packages are named.</summary>
    public override string ToString() => $"{Version}-{Release}";

    /// <summary>
    /// Compares segment by segment: digits as numbers, letters as text, digits above letters. A tilde comes before
    /// everything, even the end, and a caret after the end and before everything else.
    /// </summary>
    internal static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (true)
        {
            a = a[Separators(a)..];
            b = b[Separators(b)..];
            var (first, second) = (Rank(a), Rank(b));
            if (first != second || first == Ranks.End)
            {
                return first.CompareTo(second);
            }
            if (first is Ranks.Tilde or Ranks.Caret)
            {
                a = a[1..];
                b = b[1..];
                continue;
            }
            Func<char, bool> isPart = first == Ranks.Number ? char.IsAsciiDigit : char.IsAsciiLetter;
            var partOfA = Take(ref a, isPart);
            var partOfB = Take(ref b, isPart);
            var order = first == Ranks.Number ? CompareNumbers(partOfA, partOfB) : partOfA.SequenceCompareTo(partOfB);
            if (order != 0)
            {
                return order;
            }
        }
    }

    /// <summary>What begins a rest of a version, lowest first.</summary>
    private enum Ranks
    {
        Tilde,
        End,
        Caret,
        Letters,
        Number,
    }

    private static Ranks Rank(ReadOnlySpan<char> rest) => rest.Length == 0 ? Ranks.End
        : rest[0] == '~' ? Ranks.Tilde
        : rest[0] == '^' ? Ranks.Caret
        : char.IsAsciiDigit(rest[0]) ? Ranks.Number
        : Ranks.Letters;

    private static int Separators(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !char.IsAsciiLetterOrDigit(text[length]) && text[length] is not ('~' or '^'))
        {
            length++;
        }
        return length;
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, Func<char, bool> isPart)
    {
        var length = 0;
        while (length < text.Length && isPart(text[length]))
        {
            length++;
        }
        var part = text[..length];
        text = text[length..];
        return part;
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }
}
