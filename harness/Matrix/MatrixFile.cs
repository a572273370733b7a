using System.ComponentModel;

namespace Harness.Matrix;

#pragma warning disable CA1002, CA2227 // These types are what a YAML file looks like; the deserializer fills them.

/// <summary>The text of <c>kernels.yaml</c>; <c>kernels.schema.json</c> is generated from these types.</summary>
[Description("A matrix: the kernels to test, and what is expected of them.")]
public sealed class MatrixFile
{
    [Description("The Debian archive to use instead of the one in this machine's own apt sources, such as a local mirror: its base URI.")]
    public string? Mirror { get; set; }

    [Description("The same for Debian's security archive.")]
    public string? SecurityMirror { get; set; }

    [Description("Seconds that one VM may take, from launch to power-off. Default: 30 with KVM, 90 without.")]
    public double? Timeout { get; set; }

    [Description("The kernels: rules over an archive, and single images.")]
    public List<KernelEntryFile>? Kernels { get; set; }

    [Description("The clangs that build the BPF objects, such as clang-19; the first builds all, the others those whose BTF depends on the compiler. Default: the machine's clang.")]
    public List<string>? Toolchains { get; set; }

    [Description("The versions of libbpf that open and load the BPF objects, such as \"1.5\"; the first is 'machine', the installed one. Default: that alone.")]
    public List<string>? Libbpf { get; set; }

    [Description("A file of expectations, relative to this one.")]
    public string? ExpectationsFile { get; set; }

    [Description("Expectations; of several that match a case on a kernel, the first counts. A case that none foresees to fail or to be skipped is expected to pass.")]
    public List<ExpectationFile>? Expectations { get; set; }
}

[Description("A rule over the Debian archive, one local image, or commits of a kernel tree.")]
public sealed class KernelEntryFile
{
    [Description("Kernels of the Debian archive, chosen by rule or by version.")]
    public DebianFile? Debian { get; set; }

    [Description("A kernel image (bzImage or vmlinux), relative to this file.")]
    public string? Image { get; set; }

    [Description("Commits of a kernel tree, built with the smallest configuration that can answer.")]
    public GitFile? Git { get; set; }

    [Description("The image's id in results; default: its file name. Of commits, what their ids begin with; default: git.")]
    public string? Name { get; set; }

    [Description("The image's upstream version, such as 6.1.192; default: what it says when it has booted.")]
    public string? Version { get; set; }
}

public sealed class GitFile
{
    [Description("The repository, relative to this file. It is only read.")]
    public string? Dir { get; set; }

    [Description("The revisions to build, as git names them: tags, branches, commit ids, v6.1~2.")]
    public List<string>? Revs { get; set; }

    [Description("A file of kernel options, relative to this one, added to the smallest configuration that can answer.")]
    public string? Config { get; set; }

    [Description("Further arguments for make, such as LLVM=1.")]
    public List<string>? MakeArgs { get; set; }
}

public sealed class DebianFile
{
    [Description("The suites to look in, in order of preference, such as bookworm, bookworm-security, trixie-backports, experimental.")]
    public List<string>? Suites { get; set; }

    [Description("The flavour, with its architecture as Debian writes it, such as cloud-amd64, amd64, rt-amd64.")]
    public string? Flavour { get; set; }

    [Description("The oldest upstream version wanted, inclusive; a bare series such as 5.10 means all of it.")]
    public string? From { get; set; }

    [Description("The newest upstream version wanted, inclusive; a bare series such as 7.3 means all of it.")]
    public string? To { get; set; }

    [Description("Which kernels of every series. Default: newest.")]
    public Pick? Pick { get; set; }

    [Description("Just these Debian versions, such as 6.1.192-2, instead of a choice from every series.")]
    public List<string>? Versions { get; set; }
}

[Description("What is expected of cases on kernels, or of the kernels themselves, and why.")]
public sealed class ExpectationFile
{
    [Description("Case ids, with the wildcards *, ? and {a,b}.")]
    public List<string>? Cases { get; set; }

    [Description("Kernel ids, with wildcards; default: every kernel.")]
    public List<string>? Kernels { get; set; }

    [Description("Upstream versions: conditions such as '>=6.1 <6.2', alternatives separated by commas, a bare series such as 6.1 for all of it; default: every version.")]
    public string? Versions { get; set; }

    [Description("The status that the cases are expected to have.")]
    public Results.CaseStatus? Status { get; set; }

    [Description("Instead of cases and status: the status that the kernels are expected to have.")]
    public Results.KernelStatus? KernelStatus { get; set; }

    [Description("The step that is expected to answer with an error, such as update.")]
    public string? Step { get; set; }

    [Description("The error that is expected, by name, such as EINVAL.")]
    public string? Errno { get; set; }

    [Description("Why, in words. A cause or a source is required.")]
    public string? Cause { get; set; }

    [Description("Where that is known from: a kernel function and version, a commit, a thread.")]
    public string? Source { get; set; }

    [Description("What to do instead.")]
    public string? Workaround { get; set; }
}

[Description("A file of expectations.")]
public sealed class ExpectationsFile
{
    [Description("Of several that match a case on a kernel, the first counts.")]
    public List<ExpectationFile>? Expectations { get; set; }
}
