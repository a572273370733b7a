using Harness.Kernels.Git;

namespace Harness.Tests.Kernels.Git;

public sealed class MakeOutputTests
{
    [TestCase("a Kconfig file", "kernel/bpf/Kconfig:43: syntax error", """
          HOSTLD  scripts/kconfig/conf
        kernel/bpf/Kconfig:12:warning: 'BPF' defined more than once
        kernel/bpf/Kconfig:43: syntax error
        make[2]: *** [../scripts/kconfig/Makefile:85: tinyconfig] Error 1
        make: *** [Makefile:234: __sub-make] Error 2
        """)]
    [TestCase("an option of Kconfig", "kernel/bpf/Kconfig:43: unknown statement \"confg\"", """
        kernel/bpf/Kconfig:43: unknown statement "confg"
        make[2]: *** [scripts/kconfig/Makefile:85: olddefconfig] Error 1
        """)]
    [TestCase("a compiler", "kernel/bpf/btf.c:12:3: error: 'x' undeclared (first use in this function)", """
          CC      kernel/bpf/btf.o
        kernel/bpf/btf.c: In function 'btf_parse':
        kernel/bpf/btf.c:9:3: warning: unused variable 'y' [-Wunused-variable]
        kernel/bpf/btf.c:12:3: error: 'x' undeclared (first use in this function)
        make[3]: *** [scripts/Makefile.build:250: kernel/bpf/btf.o] Error 1
        """)]
    [TestCase("the linker", "btf.c:(.text+0x1f): undefined reference to `bpf_new'", """
          LD      vmlinux
        ld: kernel/bpf/btf.o: in function `btf_parse':
        btf.c:(.text+0x1f): undefined reference to `bpf_new'
        make[1]: *** [Makefile:1211: vmlinux] Error 1
        """)]
    [TestCase(
        "make itself", "make[3]: *** No rule to make target 'kernel/bpf/new.o', needed by 'kernel/bpf/'.  Stop.", """
          CC      kernel/fork.o
        make[3]: *** No rule to make target 'kernel/bpf/new.o', needed by 'kernel/bpf/'.  Stop.
        make[2]: *** [scripts/Makefile.build:500: kernel/bpf] Error 2
        """)]
    [TestCase("a program that says it in words of its own", "awk: cannot open scripts/gone.awk", """
          GEN     arch/x86/lib/inat-tables.c
        awk: cannot open scripts/gone.awk
          CC      kernel/fork.o
        make[2]: *** [arch/x86/lib/Makefile:15: arch/x86/lib/inat-tables.c] Error 2
        make[1]: *** [Makefile:1989: arch/x86] Error 2
        """)]
    [TestCase("the BTF of the kernel", "FAILED: load BTF from vmlinux: Invalid argument", """
          BTFIDS  vmlinux
        FAILED: load BTF from vmlinux: Invalid argument
        make: *** [Makefile:1211: vmlinux] Error 255
        """)]
    [TestCase("nobody", "make[1]: *** [Makefile:1: vmlinux] Error 1", "make[1]: *** [Makefile:1: vmlinux] Error 1")]
    [TestCase("a shell that ends without make's word", "sh: 1: pahole: not found", "sh: 1: pahole: not found")]
    public void The_line_that_tells_why_is_the_reason(string who, string reason, string said) =>
        Assert.That(Read(said).Telling, Is.EqualTo(reason), who);

    [Test]
    public void Objects_are_counted_and_what_else_is_made_is_not()
    {
        var output = Read("""
              HOSTCC  scripts/basic/fixdep
              CC      kernel/fork.o
              AS      arch/x86/entry/entry_64.o
              CC [M]  fs/fat/inode.o
              AR      kernel/built-in.a
              CC      kernel/bounds.s
              LD      vmlinux
            """);
        Assert.That((output.Objects, output.Telling), Is.EqualTo((3, (string?)null)));
    }

    [Test]
    public void The_machine_may_be_at_fault()
    {
        var output = Read("cc1: fatal error: error writing to x.s: No space left on device");
        Assert.That(output.OfMachine, Does.EndWith("No space left on device"));
    }

    private static MakeOutput Read(string said)
    {
        var output = new MakeOutput();
        foreach (var line in said.Split('\n'))
        {
            output.Take(line);
        }
        return output;
    }
}
