using System.ComponentModel;
using Harness.Yaml;

namespace Harness.Toys;

/// <summary>The text of a <c>toy:</c> entry.</summary>
public sealed class ToyKernelFile
{
    [Description("The image's path.")]
    [YamlRule(Required = true, Pattern = YamlRuleAttribute.Path)]
    public string? File { get; set; }

    [Description("The kernel's upstream version, such as 6.1.192.")]
    [YamlRule(Required = true, Pattern = VersionCondition.VersionPattern)]
    public VersionText? Version { get; set; }
}
