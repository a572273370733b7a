using System.Text.RegularExpressions;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Yaml;

namespace Harness.Kernels.Apt;

/// <summary>Checks rules over apt repositories.</summary>
internal static class AptEntryReader
{
    /// <summary>What a pattern over packages must have; JavaScript reads it, too.</summary>
    public const string PackagesPattern = @"\(\?<version>";

    /// <summary>Longer than any name of a package takes, however it is matched.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <param name="at">The place of the whole entry.</param>
    public static AptEntry? Read(AptFile text, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var rule = at["apt"];
        LineName.Check(text.Line, rule, problems);
        var names = new AptNames(text.Uri, text.Suites, text.Components ?? ["main"], text.Keyring, text.Arch);
        var pattern = Pattern(text.Packages, rule, problems);
        var choice = ReadChoice(text, text.Versions, rule, problems);
        var archive = names.Read(rule, at, problems);
        return problems.Count > before ? null : new AptEntry(
            at.ToString(), archive!.ToRule(text.Line!, pattern!, text.Modules, choice));
    }

    public static KernelChoice ReadChoice(
        KernelChoiceFile text, IReadOnlyList<string>? versions, YamlPlace rule, List<string> problems)
    {
        foreach (var (i, version) in (versions ?? []).Index())
        {
            if (!DebianVersion.IsKernels(version))
            {
                problems.Add($"{rule["versions"][i]}: '{version}' is not the version of a kernel's package, such as"
                    + " 6.8.0-31.31");
            }
        }
        return KernelChoiceReader.Read(text, versions, rule, problems);
    }

    private static Regex? Pattern(string? packages, YamlPlace rule, List<string> problems)
    {
        try
        {
            var pattern = new Regex($"^(?:{packages})\\z",
                RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, _patience);
            if (packages is not null && pattern.GetGroupNames().Contains(AptRule.VersionGroup))
            {
                return pattern;
            }
            problems.Add($"{rule["packages"]}: packages is a pattern over names of packages with a group "
                + "(?<version>…), such as linux-image-(?<version>[0-9.]+-[0-9]+)-generic");
        }
        catch (ArgumentException e)
        {
            problems.Add($"{rule["packages"]}: {e.Message}");
        }
        return null;
    }
}
