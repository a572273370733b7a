using System.ComponentModel;
using Harness.Yaml;

namespace Harness.Kernels.Debian;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a rule over the Debian archive.</summary>
[YamlKind(Optional = ["from", "to", "pick"])]
[YamlKind("versions")]
public sealed class DebianFile
{
    [Description("The suites to look in, in order of preference, such as bookworm, bookworm-security, "
        + "trixie-backports, experimental.")]
    [YamlRule(Required = true, Fewest = 1, Pattern = YamlRuleAttribute.NotBlank)]
    public List<string>? Suites { get; set; }

    [Description("The flavour, with its architecture as Debian writes it, such as cloud-amd64, amd64, rt-amd64.")]
    [YamlRule(Required = true, Pattern = YamlRuleAttribute.NotBlank)]
    public string? Flavour { get; set; }

    [Description("The oldest upstream version wanted, inclusive; a bare series such as 5.10, or a bare 5, means all"
        + " of it.")]
    [YamlRule(Pattern = VersionCondition.VersionPattern)]
    public VersionText? From { get; set; }

    [Description("The newest upstream version wanted, inclusive; a bare series such as 7.3, or a bare 7, means all"
        + " of it.")]
    [YamlRule(Pattern = VersionCondition.VersionPattern)]
    public VersionText? To { get; set; }

    [Description("Which kernels of every series. Default: newest.")]
    public Pick? Pick { get; set; }

    [Description("Just these Debian versions, such as 6.1.192-2, instead of a choice from every series.")]
    [YamlRule(Pattern = DebianVersion.KernelPattern)]
    public List<string>? Versions { get; set; }
}
