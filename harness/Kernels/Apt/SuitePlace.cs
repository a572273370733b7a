using System.Text.RegularExpressions;

namespace Harness.Kernels.Apt;

/// <summary>Which index of an archive is read.</summary>
/// <param name="Archive">The directory that holds <c>dists/</c>.</param>
/// <param name="Component">Such as <c>main</c>.</param>
/// <param name="Architecture">As dpkg names it: <c>amd64</c>.</param>
public sealed partial record SuitePlace(Uri Archive, string Suite, string Component, string Architecture)
{
    /// <summary>The regular expression of a suite's or component's name; JavaScript reads it, too.</summary>
    public const string NamePattern = NameStart + "$";

    private const string NameStart = "^[a-z0-9][a-z0-9.-]*";

    /// <summary>The suite, for notes: with the archive, where a matrix may name several.</summary>
    public string Name { get; init; } = Suite;

    /// <summary>
    /// Whether the archive is as it was at a time that its address names (<c>/20230101T000000Z/</c>), as the snapshots
    /// of Debian's and Ubuntu's archives are: its indexes are past their validity for good.
    /// </summary>
    public bool IsDated => Timestamp().IsMatch(Archive.AbsolutePath);

    /// <summary>Whether the text can be such a name, which becomes part of paths and addresses.</summary>
    public static bool IsName(string name) => NameOnly().IsMatch(name);

    [GeneratedRegex(NameStart + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameOnly();

    [GeneratedRegex("/[0-9]{8}(T[0-9]{6}Z)?/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Timestamp();
}
