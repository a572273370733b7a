using Harness.Kernels.Git;

namespace Harness.Tests.Kernels.Git;

public sealed class BuildFailureTests
{
    private const string Tree = "/c/builds/tree";

    [TestCase("/c/builds/tree/kernel/bpf/btf.c:12:3: error: 'x' undeclared (first use in this function)")]
    [TestCase("/c/builds/tree/arch/x86/entry/entry_64.S:12: Error: no such instruction: `frob'")]
    [TestCase("kernel/bpf/Kconfig:43: syntax error")]
    [TestCase("arch/x86/Kconfig.cpu:43: syntax error")]
    public void A_line_of_the_commits_files_is_at_fault_whatever_was_built_before(string error) =>
        Assert.That(BuildFailure.NamesLineOfSource(error, Tree), Is.True);

    [TestCase("make[6]: *** No rule to make target 'str_error.h', needed by '/o/tools/libbpf.o'.  Stop.")]
    [TestCase("kernel/.fork.o.cmd:3: *** missing separator.  Stop.")]
    [TestCase("/c/builds/tree/scripts/Makefile.build:3: *** missing separator.  Stop.")]
    [TestCase("btf.c:(.text+0x1f): undefined reference to `bpf_new'")]
    [TestCase("FAILED: load BTF from vmlinux: Invalid argument")]
    [TestCase("make[1]: *** [Makefile:1: vmlinux] Error 1")]
    [TestCase("./include/generated/asm-offsets.h:1:2: error: expected declaration")]
    [TestCase("scripts/kconfig/parser.tab.c:10:2: error: expected declaration")]
    [TestCase("/o/include/linux/new.h:1:2: error: expected declaration")]
    [TestCase("/c/builds/tree/kernel/bpf/b.c:3:10: fatal error: bpf_new.lskel.h: No such file or directory")]
    [TestCase("/c/builds/tree/kernel/bpf/b.c:3:10: fatal error: 'bpf_new.lskel.h' file not found")]
    [TestCase("/c/builds/tree/kernel/configs.S:5: Error: file not found: kernel/config_data.gz")]
    [TestCase("make vmlinux exited with 2")]
    public void Objects_of_earlier_builds_may_be_at_fault(string error) =>
        Assert.That(BuildFailure.NamesLineOfSource(error, Tree), Is.False);
}
