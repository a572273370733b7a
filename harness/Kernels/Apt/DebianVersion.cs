using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Kernels.Apt;

/// <summary>
/// A package's version, <c>[epoch:]upstream[-revision]</c>, which orders as dpkg does (Debian Policy 5.6.12): a tilde
/// sorts before everything, even the end, so <c>6.12.43-1~bpo12+1</c> comes before <c>6.12.43-1</c>.
/// </summary>
public sealed partial record DebianVersion : IComparable<DebianVersion>, IComparable
{
    /// <summary>The regular expression of a kernel's version, which has no epoch; JavaScript reads it, too.</summary>
    public const string KernelPattern = KernelStart + "$";

    private const string KernelStart = "^[0-9]{1,9}[.][0-9]{1,9}(?![0-9])(?:[A-Za-z0-9.+~-]*[A-Za-z0-9.+~])?";

    private readonly string _text;

    private DebianVersion(string text, int epoch, string upstream, string revision) =>
        (_text, Epoch, Upstream, Revision) = (text, epoch, upstream, revision);

    public int Epoch { get; }

    public string Upstream { get; }

    /// <summary>Empty for a native package.</summary>
    public string Revision { get; }

    public static DebianVersion Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is not a Debian version (such as 6.1.192-2)");

    /// <summary>Reads a version; <c>null</c> where Policy allows no such text.</summary>
    public static DebianVersion? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var epoch = 0;
        if (colon >= 0
            && !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out epoch))
        {
            return null;
        }
        var rest = text[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        var (upstream, revision) = dash < 0 ? (rest, "") : (rest[..dash], rest[(dash + 1)..]);
        var isValid = upstream.Length > 0
            && char.IsAsciiDigit(upstream[0])
            && upstream.All(c => char.IsAsciiLetterOrDigit(c) || ".+-~:".Contains(c, StringComparison.Ordinal))
            && (dash < 0 || revision.Length > 0)
            && revision.All(c => char.IsAsciiLetterOrDigit(c) || ".+~".Contains(c, StringComparison.Ordinal));
        return isValid ? new DebianVersion(text, epoch, upstream, revision) : null;
    }

    /// <summary>Whether the text is a kernel's version.</summary>
    public static bool IsKernels(string? text) => text is not null && Kernels().IsMatch(text);

    int IComparable.CompareTo(object? other) => CompareTo(other as DebianVersion);

    public int CompareTo(DebianVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = Epoch.CompareTo(other.Epoch);
        order = order != 0 ? order : ComparePart(Upstream, other.Upstream);
        return order != 0 ? order : ComparePart(Revision, other.Revision);
    }

    /// <summary>
    /// Versions that sort the same are the same: <c>1.0</c> and <c>1.00</c>, <c>1</c> and <c>1-0</c>.
    /// </summary>
    public bool Equals(DebianVersion? other) => other is not null && CompareTo(other) == 0;

    // Versions that compare as equal differ in zeroes only.
    public override int GetHashCode() => HashCode.Combine(
        Epoch, Upstream.Replace("0", "", StringComparison.Ordinal),
        Revision.Replace("0", "", StringComparison.Ordinal));

    public static bool operator <(DebianVersion a, DebianVersion b) => a.CompareTo(b) < 0;

    public static bool operator >(DebianVersion a, DebianVersion b) => a.CompareTo(b) > 0;

    public static bool operator <=(DebianVersion a, DebianVersion b) => a.CompareTo(b) <= 0;

    public static bool operator >=(DebianVersion a, DebianVersion b) => a.CompareTo(b) >= 0;

    /// <summary>As it was written.</summary>
    public override string ToString() => _text;

    // Alternately a run of non-digits, compared by character weight, and a run of digits, compared as a number.
    private static int ComparePart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (a.Length > 0 || b.Length > 0)
        {
            while ((a.Length > 0 && !char.IsAsciiDigit(a[0])) || (b.Length > 0 && !char.IsAsciiDigit(b[0])))
            {
                var order = Weight(a) - Weight(b);
                if (order != 0)
                {
                    return order;
                }
                a = a[1..];
                b = b[1..];
            }
            var numberA = TakeNumber(ref a);
            var numberB = TakeNumber(ref b);
            var byNumber = numberA.Length != numberB.Length
                ? numberA.Length - numberB.Length
                : numberA.SequenceCompareTo(numberB);
            if (byNumber != 0)
            {
                return byNumber;
            }
        }
        return 0;
    }

    private static int Weight(ReadOnlySpan<char> text) => text.Length == 0 || char.IsAsciiDigit(text[0]) ? 0
        : text[0] == '~' ? -1
        : char.IsAsciiLetter(text[0]) ? text[0]
        : text[0] + 256;

    // Without leading zeroes, so that numbers of any length compare by length first.
    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        var number = text[..end].TrimStart('0');
        text = text[end..];
        return number;
    }

    [GeneratedRegex(KernelStart + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Kernels();
}
