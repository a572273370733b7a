using Harness.Machines;
using Harness.Vm;

namespace Harness.Tests.Vm;

/// <summary>A VM is offered this machine's files only where its programs are to see them.</summary>
public sealed class HostSharingTests
{
    private static readonly VmSpec _spec = new(
        MachineList.Default, "/k", "/i", "/c", "/ch", "/w", Accelerator.Tcg, "feed", [], TimeSpan.FromSeconds(9));

    [Test]
    public void They_are_offered_to_read_and_nothing_else_is() =>
        Assert.That(VirtmeArguments.Build(_spec with { SharesHost = true }).Except(VirtmeArguments.Build(_spec)),
            Is.EqualTo(
            [
                "-fsdev", "local,id=hostfs,path=/,security_model=none,readonly=on,multidevs=remap",
                "virtio-9p-pci,fsdev=hostfs,mount_tag=hostfs",
            ]));

    [Test]
    public void QEMU_has_the_users_rights_then_and_no_way_to_more()
    {
        Assert.That(QemuConfinement.RightsFor(Confinement.Full, Accelerator.Tcg, sharesHost: true),
            Is.EqualTo(QemuRights.Fewer));
        Assert.That(QemuConfinement.RightsFor(Confinement.Full with { Setpriv = false }, Accelerator.Tcg, true),
            Is.EqualTo(QemuRights.All));
    }
}
