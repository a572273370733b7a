using System.ComponentModel;
using Harness.Yaml;

namespace Harness.Kernels.Choice;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The keys by which a rule over an archive says which kernels it wants.</summary>
public abstract class KernelChoiceFile
{
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
}
