using System.Text.RegularExpressions;

namespace Harness;

/// <summary>
/// A condition on upstream versions: <c>&gt;=6.1 &lt;6.2</c>, alternatives separated by commas, a bare version for just
/// that one. A bare series (<c>6.1</c>) stands for all of it, so <c>&lt;=6.1</c> takes in 6.1.192 and <c>&gt;6.1</c> does not.
/// </summary>
public sealed partial class VersionCondition
{
    private readonly string _text;
    private readonly IReadOnlyList<IReadOnlyList<(string Operator, KernelVersion Version, bool IsSeries)>> _alternatives;

    /// <exception cref="FormatException">The text is no condition; the message says what is.</exception>
    public VersionCondition(string text)
    {
        _text = text;
        _alternatives = [.. text.Split(',').Select(alternative => ParseAll(alternative.Trim()))];
    }

    /// <summary>A kernel whose version is not known meets no condition.</summary>
    public bool Allows(KernelVersion? version) =>
        version is not null && _alternatives.Any(conditions => conditions.All(c => Holds(c.Operator, Compare(version, c.Version, c.IsSeries))));

    public override string ToString() => _text;

    /// <summary>Compares with a bound; with a bare series only as far as the series.</summary>
    public static int Compare(KernelVersion version, KernelVersion bound, bool isSeries) =>
        isSeries ? (version.Major, version.Minor).CompareTo((bound.Major, bound.Minor)) : version.CompareTo(bound);

    /// <summary>Whether the text names a whole series (<c>6.1</c>, not <c>6.1.0</c> or <c>6.1-rc1</c>).</summary>
    public static bool IsSeries(string text) => SeriesOnly().IsMatch(text);

    /// <summary>Whether the text is a version and nothing else: <c>6.1.x</c> would silently mean 6.1.0.</summary>
    public static bool IsVersion(string text) => WholeVersion().IsMatch(text) && KernelVersion.TryParse(text) is not null;

    private static bool Holds(string op, int order) => op switch
    {
        ">=" => order >= 0,
        ">" => order > 0,
        "<=" => order <= 0,
        "<" => order < 0,
        _ => order == 0,
    };

    private static List<(string, KernelVersion, bool)> ParseAll(string text)
    {
        var conditions = Condition().Matches(text);
        if (conditions.Count == 0 || !Conditions().IsMatch(text) || !conditions.All(m => IsVersion(m.Groups[2].Value)))
        {
            throw new FormatException($"'{text}' is no condition on versions; write for example '>=6.1 <6.2', '6.1' or '5.10, >=6.12'");
        }
        return [.. conditions.Select(m => (m.Groups[1].Value, KernelVersion.Parse(m.Groups[2].Value), IsSeries(m.Groups[2].Value)))];
    }

    [GeneratedRegex(@"(>=|<=|>|<|=)?\s*(\d[^\s<>=]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^((>=|<=|>|<|=)?\s*\d[^\s<>=]*\s*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Conditions();

    [GeneratedRegex(@"^v?\d+\.\d+(\.\d+)?([-~]?rc\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeVersion();

    [GeneratedRegex(@"^v?\d+\.\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex SeriesOnly();
}
