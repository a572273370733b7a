using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness;

/// <summary>
/// An upstream kernel version: <c>6.1.192</c>, <c>7.3-rc4</c>. Orders as kernels do: a pre-release comes before
/// its release, stable releases follow theirs in their own series.
/// </summary>
public sealed partial record KernelVersion(int Major, int Minor, int Patch = 0, int? Rc = null)
    : IComparable<KernelVersion>
{
    /// <summary>The stable series, <c>6.1</c>: what a backport changes as a whole.</summary>
    public string Series => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    /// <summary>Reads the upstream version at the start of a text: <c>6.1.192-2</c>, <c>7.3~rc4-1~exp1</c>.</summary>
    /// <returns><c>null</c> when the text does not start with a version.</returns>
    public static KernelVersion? TryParse(string? text)
    {
        if (text is null || Pattern().Match(text) is not { Success: true } match)
        {
            return null;
        }
        int? Number(string group) => match.Groups[group] is { Success: true } found
            && int.TryParse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        return Number("major") is { } major && Number("minor") is { } minor
            ? new KernelVersion(major, minor, Number("patch") ?? 0, Number("rc"))
            : null;
    }

    /// <exception cref="FormatException">The text does not start with a version.</exception>
    public static KernelVersion Parse(string text) =>
        TryParse(text)
            ?? throw new FormatException($"'{text}' is not a kernel version (such as 6.1, 6.1.192 or 7.3-rc4)");

    public int CompareTo(KernelVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : (Rc ?? int.MaxValue).CompareTo(other.Rc ?? int.MaxValue);
    }

    public static bool operator <(KernelVersion a, KernelVersion b) => a.CompareTo(b) < 0;

    public static bool operator >(KernelVersion a, KernelVersion b) => a.CompareTo(b) > 0;

    public static bool operator <=(KernelVersion a, KernelVersion b) => a.CompareTo(b) <= 0;

    public static bool operator >=(KernelVersion a, KernelVersion b) => a.CompareTo(b) >= 0;

    /// <summary>As kernel.org writes it: <c>7.3-rc4</c>, <c>6.1.192</c>, <c>7.3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Major}.{Minor}{(Patch == 0 ? "" : $".{Patch}")}{(Rc is { } rc ? $"-rc{rc}" : "")}");

    [GeneratedRegex(@"^v?(?<major>\d+)\.(?<minor>\d+)(\.(?<patch>\d+))?([-~]?rc(?<rc>\d+))?(?![0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
