namespace Harness.Results;

/// <summary>
/// Orders the ids of kernels of one upstream version, which have the versions of packages in them: numbers by their
/// value; a number after a letter, as rpm does (rpmvercmp() in rpmio/rpmvercmp.cc); what follows a tilde before all
/// else, as rpm and dpkg do. So <c>5.14.0-427.el9</c> comes before <c>5.14.0-427.13.1.el9_4</c>, and
/// <c>6.12.9-1~bpo12+1</c> before <c>6.12.9-1</c>.
/// </summary>
internal static class IdOrder
{
    /// <summary>More than any character of an id.</summary>
    private const int AfterLetters = 0x100;

    public static int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x;
        ReadOnlySpan<char> b = y;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? Compare(TakeNumber(ref a), TakeNumber(ref b))
                : Rank(Take(ref a)) - Rank(Take(ref b));
            if (order != 0)
            {
                return order;
            }
        }
        var rest = a.IsEmpty ? -Rest(b) : Rest(a);
        // The same numbers may be written with more zeros.
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    /// <summary>What the longer of two ids goes on with makes it the later one, unless that is a tilde.</summary>
    private static int Rest(ReadOnlySpan<char> text) => text.IsEmpty ? 0 : text[0] == '~' ? -1 : 1;

    private static int Rank(char c) => c == '~' ? -1 : char.IsAsciiDigit(c) ? AfterLetters + c : c;

    private static char Take(ref ReadOnlySpan<char> text)
    {
        var first = text[0];
        text = text[1..];
        return first;
    }

    /// <summary>The digits at the start, without zeros before them.</summary>
    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var number = end < 0 ? text : text[..end];
        text = text[number.Length..];
        return number.TrimStart('0');
    }

    /// <summary>By value: of numbers of any length, the longer one is larger.</summary>
    private static int Compare(ReadOnlySpan<char> x, ReadOnlySpan<char> y) =>
        x.Length != y.Length ? x.Length - y.Length : x.SequenceCompareTo(y);
}
