using System.Text.RegularExpressions;

namespace Harness;

/// <summary>
/// A condition on upstream versions: <c>&gt;=6.1 &lt;6.2</c>, alternatives separated by commas, a bare version for just
/// that one. A bare series (<c>6.1</c>) stands for all of it, so <c>&lt;=6.1</c> takes in 6.1.192 and <c>&gt;6.1</c>
/// does not. A bare major number (<c>6</c>) stands for all of its series.
/// </summary>
public sealed partial class VersionCondition
{
    /// <summary>The regular expression of a version and nothing else; JavaScript reads it, too.</summary>
    public const string VersionPattern = "^v?" + Version + "$";

    /// <summary>The regular expression of a condition; JavaScript reads it, too.</summary>
    public const string Pattern = "^" + Alternative + "(?:," + Alternative + ")*$";

    // Nine digits always fit an int.
    private const string Version =
        "[0-9]{1,9}(?:[.][0-9]{1,9}(?:[.][0-9]{1,9})?(?:[-~]?rc[0-9]{1,9})?)?";

    private const string Alternative = @"\s*(?:(?:[<>]=?|=)?\s*" + Version + @"(?![^\s<>=,])\s*)+";

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

    /// <summary>The version that a text names which is one (<see cref="IsVersion"/>): of a bare 6, 6.0.</summary>
    public static KernelVersion Read(string text) => KernelVersion.Parse(IsMajor(text) ? text + ".0" : text);

    /// <summary>Whether the text names all series of a major number (<c>6</c>).</summary>
    public static bool IsMajor(string text) => MajorOnly().IsMatch(text);

    /// <summary>Whether the text names a whole series (<c>6.1</c>, not <c>6.1.0</c> or <c>6.1-rc1</c>).</summary>
    public static bool IsSeries(string text) => SeriesOnly().IsMatch(text);

    /// <summary>Whether the text is a version and nothing else: <c>6.1.x</c> would silently mean 6.1.0.</summary>
    public static bool IsVersion(string text) => WholeVersion().IsMatch(text);

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
            m.Groups[1].Value, Read(m.Groups[2].Value), IsSeries(m.Groups[2].Value), IsMajor(m.Groups[2].Value)))];
    }

    [GeneratedRegex(@"(>=|<=|>|<|=)?\s*([0-9][^\s<>=]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex("^v?" + Version + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeVersion();

    [GeneratedRegex(@"^v?[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SeriesOnly();

    [GeneratedRegex(@"^v?[0-9]{1,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MajorOnly();

    /// <summary>One comparison of a condition, such as <c>&gt;=6.1</c>.</summary>
    /// <param name="Operator">Empty for a bare version, which means equality.</param>
    /// <param name="IsSeries">The version is a bare series and stands for all of it.</param>
    /// <param name="IsMajor">It is a bare major number and stands for all of its series.</param>
    private sealed record Bound(string Operator, KernelVersion Version, bool IsSeries, bool IsMajor)
    {
        public bool Allows(KernelVersion version)
        {
            var order = IsMajor ? version.Major.CompareTo(Version.Major) : Compare(version, Version, IsSeries);
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
