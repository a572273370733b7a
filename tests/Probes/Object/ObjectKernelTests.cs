using System.Text;
using Harness.Machines;
using Harness.Probes.Object;

namespace Harness.Tests.Probes.Object;

/// <summary>A boot leaves out what no object needs, and nothing that one of them does.</summary>
public sealed class ObjectKernelTests
{
    [TestCase("bpf_loop", false, new KernelArea[0])]
    [TestCase("bpf_loop", true, new[] { KernelArea.Tracing })]
    [TestCase("scx_bpf_dsq_insert", false, new[] { KernelArea.SchedExt })]
    [TestCase(".struct_ops.link\0sched_ext_ops", true, new[] { KernelArea.Tracing, KernelArea.SchedExt })]
    [TestCase(".struct_ops.link\0tcp_congestion_ops", false, new KernelArea[0])]
    [TestCase("sched_ext_ops\0scx_sched", false, new KernelArea[0])]
    public void An_object_needs_what_it_names_and_what_it_attaches_to(
        string name, bool attach, KernelArea[] needed) =>
        Assert.That(ObjectKernel.Needs(Encoding.ASCII.GetBytes($"\0{name}\0"), attach), Is.EqualTo(needed));

    [Test]
    public void What_an_object_may_need_is_left_out_for_those_that_do_not() => Assert.That(
        ObjectKernel.DoesWithout, Is.SupersetOf(ObjectKernel.Needs("scx_bpf_"u8, attach: true)));
}
