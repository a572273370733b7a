using Harness.Ktap;
using Harness.Probes.InnerMaps;

namespace Harness.Tests.Probes.InnerMaps;

public sealed class KernelWordsTests
{
    private const string Report = """
        KTAP version 1
        # prober protocol=1 nonce=n release=7.2.13 machine=x86_64 cases=4 libbpf=1.1
        1..4
        # text raw.a kernel |Invalid numa_node.
        ok 1 raw.a # SKIP want=accept outcome=null step=inner errno=EINVAL reason=the kernel takes no NUMA node 1
        # text raw.b other |nothing of the kernel's
        ok 2 raw.b # want=reject outcome=reject step=update errno=EINVAL
        ok 3 raw.c # want=accept outcome=accept
        # text libbpf.d asked |libbpf dropped the BTF of the template
        ok 4 libbpf.d # want=accept outcome=accept
        # end nonce=n count=4
        """;

    [Test]
    public void What_the_kernel_said_about_a_map_and_what_libbpf_asked_is_the_evidence_of_its_case()
    {
        var cases = InnerMapsProbe.Instance.Interpret(ProbeReport.Read(Report, "n"));
        Assert.That(cases.Select(c => c.Evidence),
            Is.EqualTo(new[] { "Invalid numa_node.", null, null, "libbpf dropped the BTF of the template" }));
    }
}
