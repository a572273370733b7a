using System.ComponentModel;
using Harness.Ktap;
using Harness.Results;
using Harness.Yaml;

namespace Harness.Matrix;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of one expectation.</summary>
[Description("What is expected of cases on kernels, or of the kernels themselves, and why.")]
[YamlKind("cases", "status", Optional = ["step", "errno"])]
[YamlKind("kernel_status")]
[YamlKind("complaints")]
[YamlAnyOf("cause", "source")]
[YamlUnless("status", "flaky", "step", "errno")]
public sealed class ExpectationFile
{
    [Description("Case ids, with the wildcards *, ? and {a,b}.")]
    [YamlRule(Fewest = 1, Pattern = Glob.SyntaxPattern)]
    public List<string>? Cases { get; set; }

    [Description("Kernel ids, with wildcards; default: every kernel.")]
    [YamlRule(Pattern = Glob.SyntaxPattern)]
    public List<string>? Kernels { get; set; }

    [Description("Upstream versions: conditions such as '>=6.1 <6.2', alternatives separated by commas, "
        + "a bare series such as 6.1, or a bare 6, for all of it; default: every version.")]
    [YamlRule(Pattern = VersionCondition.Pattern)]
    public VersionText? Versions { get; set; }

    [Description("The lines of kernels, such as el9, with wildcards. Default: where versions are given and no kernels,"
        + " upstream and debian; else every line.")]
    [YamlRule(Pattern = Glob.SyntaxPattern)]
    public string? Line { get; set; }

    [Description("The status that the cases are expected to have.")]
    public CaseStatus? Status { get; set; }

    [Description("Instead of cases and status: the status that the kernels are expected to have.")]
    public KernelStatus? KernelStatus { get; set; }

    [Description("Instead of cases and status: what the kernels are expected to complain of on their consoles, as "
        + "texts with the wildcards *, ? and {a,b}.")]
    [YamlRule(Fewest = 1, Pattern = Glob.SyntaxPattern)]
    public List<string>? Complaints { get; set; }

    [Description("The step that is expected to answer with an error, such as update.")]
    [YamlRule(OneOf = ExpectationReader.Steps)]
    public string? Step { get; set; }

    [Description("The error that is expected, by name, such as EINVAL.")]
    [YamlRule(OneOf = ExpectationReader.Errnos, Pattern = ErrnoNames.OtherPattern)]
    public string? Errno { get; set; }

    [Description("Why, in words. A cause or a source is required.")]
    public string? Cause { get; set; }

    [Description("Where that is known from: a kernel function and version, a commit, a thread.")]
    public string? Source { get; set; }

    [Description("What to do instead.")]
    public string? Workaround { get; set; }
}
