using System.ComponentModel;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Yaml;

namespace Harness.Kernels.Apt;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a rule over an apt repository.</summary>
[YamlKind(Optional = ["from", "to", "pick"])]
[YamlKind("versions")]
public sealed class AptFile : KernelChoiceFile
{
    [Description("Whose kernels these are, such as mint: ids begin with it, and ranges are told for each line.")]
    [YamlRule(Required = true, Pattern = LineName.Pattern)]
    public string? Line { get; set; }

    [Description("The repository's base URI: the directory that holds dists/.")]
    [YamlRule(Required = true, Pattern = ArchiveAddress.Pattern)]
    public string? Uri { get; set; }

    [Description("The suites to look in, such as jammy, jammy-updates.")]
    [YamlRule(Required = true, Fewest = 1, Pattern = SuitePlace.NamePattern)]
    public List<string>? Suites { get; set; }

    [Description("The components to look in. Default: main.")]
    [YamlRule(Fewest = 1, Pattern = SuitePlace.NamePattern)]
    public List<string>? Components { get; set; }

    [Description("The keys that may sign the repository, a file relative to this one.")]
    [YamlRule(Required = true, Pattern = YamlRuleAttribute.Path)]
    public string? Keyring { get; set; }

    [Description("A regular expression of .NET over the names of the packages with images. Its group (?<version>…) is"
        + " the kernel's version, and (?<flavour>…), if there, its flavour.")]
    [YamlRule(Required = true, Pattern = AptEntryReader.PackagesPattern)]
    public string? Packages { get; set; }

    [Description("The package with the modules, where it is another one, such as linux-modules-${version}.")]
    [YamlRule(Pattern = YamlRuleAttribute.NotBlank)]
    public string? Modules { get; set; }

    [Description("The architecture, as `uname -m` says. Default: that of the first machine.")]
    [YamlRule(Pattern = YamlRuleAttribute.NotBlank)]
    public string? Arch { get; set; }

    [Description("Just these versions of packages, such as 6.8.0-31.31, instead of a choice from every series.")]
    [YamlRule(Fewest = 1, Pattern = DebianVersion.KernelPattern)]
    public List<string>? Versions { get; set; }
}
