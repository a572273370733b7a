using Harness.Results;
using Harness.Runs;

namespace Harness.Tests.Runs;

/// <summary>How a kernel died is told in the same words whenever it dies so.</summary>
public sealed class AloneEndTests
{
    [TestCase("BUG: unable to handle page fault for address: ffffa1b2c3d4e5f6",
        "[    3.1] RIP: 0010:bpf_prog_5b8e31c2a6d9f007+0x6a/0x8c",
        "page fault at bpf_prog_#")]
    [TestCase("BUG: kernel NULL pointer dereference, address: 0000000000000008",
        "[    3.1] RIP: 0010:array_map_lookup_elem+0x11/0x30",
        "page fault at array_map_lookup_elem")]
    [TestCase("Unable to handle kernel paging request at virtual address ffff80008abc0000",
        "[    3.1] pc : bpf_prog_5b8e31c2a6d9f007_seen+0x60/0x90",
        "page fault at bpf_prog_#_seen")]
    [TestCase("general protection fault, probably for non-canonical address 0xdead000000000110: 0000 [#1] SMP",
        "[    3.1] RIP: 0010:bpf_prog_5b8e31c2a6d9f007+0x6a/0x8c",
        "general protection fault, probably for non-canonical address #: # [##] SMP at bpf_prog_#")]
    [TestCase("Oops: 0000 [#1] SMP", "", "Oops: # [##] SMP")]
    [TestCase("reset while probing", "", "reset while probing")]
    public void Without_what_differs_from_boot_to_boot(string fate, string console, string words)
    {
        var crashed = new Classification(KernelStatus.Crashed, fate) { Fate = fate };
        Assert.That(AloneEnd.Of(crashed, console), Is.EqualTo(words));
    }

    [Test]
    public void What_a_guest_says_is_cut()
    {
        var fate = new string('x', 9999);
        Assert.That(AloneEnd.Of(new Classification(KernelStatus.Crashed, fate) { Fate = fate }, ""),
            Has.Length.EqualTo(160));
    }

    /// <summary>A busy host looks like a kernel that hangs.</summary>
    [Test]
    public void A_kernel_that_hangs_says_nothing() =>
        Assert.That(AloneEnd.Of(new Classification(KernelStatus.ProbeTimeout, "x") { Fate = "x" }, ""), Is.Null);
}
