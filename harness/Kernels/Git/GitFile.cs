using System.ComponentModel;
using Harness.Yaml;

namespace Harness.Kernels.Git;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a <c>git:</c> entry.</summary>
public sealed class GitFile
{
    [Description("The repository, relative to this file. It is only read.")]
    [YamlRule(Required = true, Pattern = YamlRuleAttribute.Path)]
    public string? Dir { get; set; }

    [Description("The revisions to build, as git names them: tags, branches, commit ids, v6.1~2.")]
    [YamlRule(Required = true, Fewest = 1, Distinct = true, Pattern = YamlRuleAttribute.NotBlank,
        Longest = GitEntryReader.LongestRevision)]
    public List<string>? Revs { get; set; }

    [Description(
        "A file of kernel options, relative to this one, added to the smallest configuration that can answer.")]
    [YamlRule(Pattern = YamlRuleAttribute.Path)]
    public string? Config { get; set; }

    [Description("Further arguments for make, such as LLVM=1.")]
    [YamlRule(Pattern = YamlRuleAttribute.NotBlank)]
    public List<string>? MakeArgs { get; set; }
}
