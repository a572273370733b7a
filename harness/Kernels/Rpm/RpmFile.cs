using System.ComponentModel;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Yaml;

namespace Harness.Kernels.Rpm;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a rule over an rpm repository.</summary>
[YamlKind(Optional = ["from", "to", "pick"])]
[YamlKind("versions")]
public sealed class RpmFile : KernelChoiceFile
{
    [Description("Whose kernels these are, such as el9: ids begin with it, and ranges are told for each line.")]
    [YamlRule(Required = true, Pattern = LineName.Pattern)]
    public string? Line { get; set; }

    [Description("The repository's base URI: the directory that holds repodata/.")]
    [YamlRule(Required = true, Pattern = ArchiveAddress.Pattern)]
    public string? Uri { get; set; }

    [Description("The keys that may sign the repository, or else each package: a file relative to this one.")]
    [YamlRule(Required = true, Pattern = YamlRuleAttribute.Path)]
    public string? Gpgkey { get; set; }

    [Description("A regular expression of .NET over the name of the package with the image, such as kernel-core."
        + " Its group (?<flavour>…), if there, is the kernel's flavour.")]
    [YamlRule(Required = true, Pattern = YamlRuleAttribute.NotBlank)]
    public string? Package { get; set; }

    [Description("Packages of the same version that hold further modules, such as kernel-modules-core.")]
    [YamlRule(Pattern = YamlRuleAttribute.NotBlank)]
    public List<string>? Modules { get; set; }

    [Description("The architecture, as `uname -m` says. Default: that of the first machine.")]
    [YamlRule(Pattern = YamlRuleAttribute.NotBlank)]
    public string? Arch { get; set; }

    [Description("Just these versions of packages, such as 5.14.0-427.13.1.el9_4, instead of a choice from every"
        + " series.")]
    [YamlRule(Fewest = 1, Pattern = RpmEntryReader.VersionPattern)]
    public List<string>? Versions { get; set; }
}
