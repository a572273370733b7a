using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Kernels.Images;

/// <summary>The keys by which an entry of one kernel says its id and its version.</summary>
internal static partial class ImageNames
{
    public const string Name = "name";
    public const string Version = "version";

    /// <summary>What may follow the version is the distribution's: <c>6.1.192-2</c>.</summary>
    private const string StartsWithVersion = "^v?(?:[0-9]{1,9}$|[0-9]{1,9}[.][0-9]{1,9}(?![0-9]))";

    public static YamlKey NameKey { get; } =
        new(Name, typeof(string), "The kernel's id in results; default: made of what the entry names.")
        {
            Rule = new YamlRuleAttribute { Pattern = KernelIds.Pattern },
        };

    public static IReadOnlyList<YamlKey> Keys { get; } =
    [
        NameKey,
        new(Version, typeof(VersionText),
            "The kernel's upstream version, such as 6.1.192; default: what it says when it has booted.")
        {
            Rule = new YamlRuleAttribute { Pattern = StartsWithVersion },
        },
    ];

    /// <param name="text">What the entry names; its last part is the default id.</param>
    /// <param name="key">The key under which it names that.</param>
    /// <returns><c>null</c> when there is a problem.</returns>
    public static (string Id, KernelVersion? Version)? Read(
        string text, string key, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var (name, version) = (entry.Get<string>(Name), entry.Get<VersionText>(Version)?.Text);
        if (version is not null && !VersionCondition.IsMajor(version) && !VersionStart().IsMatch(version))
        {
            problems.Add($"{at[Version]}: '{version}' is not a kernel version, such as 6.1.192");
            return null;
        }
        var id = name ?? Path.GetFileName(text);
        if (KernelIds.Problem(id) is { } problem)
        {
            problems.Add($"{at[name is null ? key : Name]}: {problem}");
            return null;
        }
        return (id, version is null ? null
            : VersionCondition.IsMajor(version) ? VersionCondition.Read(version)
            : KernelVersion.TryParse(version));
    }

    [GeneratedRegex("^v?[0-9]{1,9}[.][0-9]{1,9}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex VersionStart();
}
