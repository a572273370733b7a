using System.ComponentModel;
using Harness.Kernels.Apt;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Yaml;

namespace Harness.Kernels.Ubuntu;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a rule over Ubuntu's archive.</summary>
[YamlKind(Optional = ["from", "to", "pick"])]
[YamlKind("versions")]
public sealed class UbuntuFile : KernelChoiceFile
{
    [Description("The archive's base URI: the directory that holds dists/.")]
    [YamlRule(Required = true, Pattern = ArchiveAddress.Pattern)]
    public string? Uri { get; set; }

    [Description("The suites to look in, such as noble, noble-updates, noble-security.")]
    [YamlRule(Required = true, Fewest = 1, Pattern = SuitePlace.NamePattern)]
    public List<string>? Suites { get; set; }

    [Description("The flavour, such as generic, aws, lowlatency. Default: generic.")]
    [YamlRule(Pattern = SuitePlace.NamePattern)]
    public string? Flavour { get; set; }

    [Description("The keys that may sign the archive, a file relative to this one. Default: those of the package"
        + " ubuntu-keyring or ubuntu-archive-keyring.")]
    [YamlRule(Pattern = YamlRuleAttribute.Path)]
    public string? Keyring { get; set; }

    [Description("The architecture, as `uname -m` says. Default: that of the first machine.")]
    [YamlRule(Pattern = YamlRuleAttribute.NotBlank)]
    public string? Arch { get; set; }

    [Description("Just these versions of packages, such as 6.8.0-31.31, instead of a choice from every series.")]
    [YamlRule(Fewest = 1, Pattern = DebianVersion.KernelPattern)]
    public List<string>? Versions { get; set; }
}
