using System.Text.RegularExpressions;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Kernels.Rpm;

/// <summary>Checks rules over rpm repositories.</summary>
internal static partial class RpmEntryReader
{
    /// <summary>The regular expression of a kernel package's version and release; JavaScript reads it, too.</summary>
    public const string VersionPattern = VersionStart + "$";

    private const string VersionStart = "^[0-9]{1,9}[.][0-9]{1,9}(?![0-9])[A-Za-z0-9.+~^_]*-[A-Za-z0-9.+~^_]+";

    /// <summary>Longer than any name of a package takes, however it is matched.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <param name="at">The place of the whole entry.</param>
    public static RpmEntry? Read(RpmFile text, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var rule = at["rpm"];
        LineName.Check(text.Line, rule, problems);
        Require("uri", text.Uri, "the directory that holds repodata/");
        Require("gpgkey", text.Gpgkey, "the file of the keys that may sign");
        Require("package", text.Package, "the package with the image, such as kernel-core");
        ArchiveAddress.Check("uri", text.Uri, rule, problems);
        var keyring = KeyringFile.Read("gpgkey", text.Gpgkey, rule, at, problems);
        var machine = text.Arch is null ? MachineList.Default : MachineList.Find(text.Arch);
        if (machine is null)
        {
            problems.Add($"{rule["arch"]}: no machine is known for '{text.Arch}'; known are "
                + string.Join(", ", MachineList.All.Select(known => known.Name)));
        }
        foreach (var (i, version) in (text.Versions ?? []).Index())
        {
            if (!Version().IsMatch(version))
            {
                problems.Add($"{rule["versions"][i]}: '{version}' is not the version of a kernel's package, such as"
                    + " 5.14.0-427.13.1.el9_4");
            }
        }
        var choice = KernelChoiceReader.Read(text, text.Versions, rule, problems);
        var pattern = Pattern(text.Package ?? "", rule, problems);
        return problems.Count > before ? null : new RpmEntry(at.ToString(), new RpmRule(
            text.Line!, new Uri($"{text.Uri!.TrimEnd('/')}/"), keyring!, pattern!, text.Modules ?? [], machine!.Name,
            choice));

        void Require(string key, string? value, string what)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                problems.Add($"{rule[key]}: {key} is missing, {what}");
            }
        }
    }

    private static Regex? Pattern(string package, YamlPlace rule, List<string> problems)
    {
        try
        {
            return new Regex($"^(?:{package})\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
                _patience);
        }
        catch (ArgumentException e)
        {
            problems.Add($"{rule["package"]}: {e.Message}");
            return null;
        }
    }

    [GeneratedRegex(VersionStart + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
