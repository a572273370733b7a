using System.Text.RegularExpressions;

namespace Harness;

/// <summary>
/// A condition on upstream versions: <c>&gt;=6.1 &lt;6.2</c>, alternatives separated by commas, a bare version for just
/// that one. A bare series (<c>6.1</c>) stands for all of it, so <c>&lt;=6.1</c> takes in 6.1.192 and <c>&gt;6.1</c>
/// does not.
/// </summary>
public sealed partial class VersionCondition
{
    private readonly string _text;
    private readonly IReadOnlyList<IReadOnlyList<Bound>> _alternatives;

    /// <exception cref="FormatException">The text is no condition; the message says what is.</exception>
    public VersionCondition(string text)
    {
        _text = text;
        _alternatives = [.. text.Split(',').Select(alternative => ParseAll(alternative.Trim()))];
    }

    /// <summary>A kernel whose version is not known meets no condition.</summary>
    public bool Allows(KernelVersion? version) =>
        version is not null && _alternatives.Any(bounds => bounds.All(bound => bound.Allows(version)));

    public override string ToString() => _text;

    /// <summary>Compares two versions. With a bare series as the bound, only the series are compared.</summary>
    public static int Compare(KernelVersion version, KernelVersion bound, bool isSeries) =>
        isSeries ? (version.Major, version.Minor).CompareTo((bound.Major, bound.Minor)) : version.CompareTo(bound);

    /// <summary>Whether the text names a whole series (<c>6.1</c>, not <c>6.1.0</c> or <c>6.1-rc1</c>).</summary>
    public static bool IsSeries(string text) => SeriesOnly().IsMatch(text);

    /// <summary>Whether the text is a version and nothing else: <c>6.1.x</c> would silently mean 6.1.0.</summary>
    public static bool IsVersion(string text) =>
        WholeVersion().IsMatch(text) && KernelVersion.TryParse(text) is not null;

    private static List<Bound> ParseAll(string text)
    {
        var conditions = Condition().Matches(text);
        // One expression for all of it would try each of the ways to part a long number (6.11111…!) into several.
        var isWhole = string.IsNullOrWhiteSpace(Condition().Replace(text, ""));
        if (conditions.Count == 0 || !isWhole || !conditions.All(m => IsVersion(m.Groups[2].Value)))
        {
            throw new FormatException(
                $"'{text}' is no condition on versions; write for example '>=6.1 <6.2', '6.1' or '5.10, >=6.12'");
        }
        return [.. conditions.Select(m => new Bound(
            m.Groups[1].Value, KernelVersion.Parse(m.Groups[2].Value), IsSeries(m.Groups[2].Value)))];
    }

    [GeneratedRegex(@"(>=|<=|>|<|=)?\s*(\d[^\s<>=]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^v?\d+\.\d+(\.\d+)?([-~]?rc\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeVersion();

    [GeneratedRegex(@"^v?\d+\.\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SeriesOnly();

    /// <summary>One comparison of a condition, such as <c>&gt;=6.1</c>.</summary>
    /// <param name="Operator">Empty for a bare version, which means equality.</param>
    /// <param name="IsSeries">The version is a bare series and stands for all of it.</param>
    private sealed record Bound(string Operator, KernelVersion Version, bool IsSeries)
    {
        public bool Allows(KernelVersion version)
        {
            var order = Compare(version, Version, IsSeries);
            return Operator switch
            {
                ">=" => order >= 0,
                ">" => order > 0,
                "<=" => order <= 0,
                "<" => order < 0,
                _ => order == 0,
            };
        }
    }
}
