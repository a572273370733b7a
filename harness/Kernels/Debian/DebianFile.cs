using System.ComponentModel;
using Harness.Kernels.Apt;
using Harness.Kernels.Archives;
using Harness.Kernels.Choice;
using Harness.Yaml;

namespace Harness.Kernels.Debian;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a rule over the Debian archive.</summary>
[YamlKind(Optional = ["from", "to", "pick"])]
[YamlKind("versions")]
public sealed class DebianFile : KernelChoiceFile
{
    [Description("The suites to look in, in order of preference, such as bookworm, bookworm-security, "
        + "trixie-backports, experimental.")]
    [YamlRule(Required = true, Fewest = 1, Pattern = YamlRuleAttribute.NotBlank)]
    public List<string>? Suites { get; set; }

    [Description("The flavour, with its architecture as Debian writes it, such as cloud-amd64, amd64, rt-amd64.")]
    [YamlRule(Required = true, Pattern = YamlRuleAttribute.NotBlank)]
    public string? Flavour { get; set; }

    [Description("The archive to use for this rule, such as a snapshot of a day that is long gone: its base URI. "
        + "Default: the archive that the whole matrix uses.")]
    [YamlRule(Pattern = ArchiveAddress.Pattern)]
    public string? Mirror { get; set; }

    [Description("The same for the security archive. Default: debian-security beside a mirror named debian.")]
    [YamlRule(Pattern = ArchiveAddress.Pattern)]
    public string? SecurityMirror { get; set; }

    [Description("The keys that may sign this rule's archive, a file relative to this one. Default: the machine's"
        + " Debian keys.")]
    [YamlRule(Pattern = YamlRuleAttribute.Path)]
    public string? Keyring { get; set; }

    [Description("Just these Debian versions, such as 6.1.192-2, instead of a choice from every series.")]
    [YamlRule(Pattern = DebianVersion.KernelPattern)]
    public List<string>? Versions { get; set; }
}
