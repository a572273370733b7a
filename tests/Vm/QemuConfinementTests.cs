using Harness.Machines;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

/// <summary>What is learnt from the ends of VMs about what QEMU bears.</summary>
public sealed class QemuConfinementTests
{
    private const string Version = "QEMU emulator version 7.2.0";

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_directory() => _directory.Dispose();

    [TestCase("qemu-system-x86_64: -sandbox on: sandbox support is not enabled in this QEMU binary")]
    [TestCase("qemu-system-x86_64: -sandbox on: failed to install seccomp syscall filter in the kernel")]
    [TestCase("qemu-system-x86_64: ended by signal 31")]
    public void A_QEMU_that_bears_no_sandbox_is_started_again_without_it_and_that_is_said(string error)
    {
        var confinement = Make();
        Assert.That(confinement.Learn(Confinement.Full, Ended(error)), Is.True);
        Assert.That((confinement.Current.Sandbox, confinement.Current.Setpriv), Is.EqualTo((false, true)));
        Assert.That(confinement.Current.Reasons,
            Is.EqualTo(new[] { $"qemu-system-x86_64 runs without its sandbox here: {error}" }));
        Assert.That(confinement.Learn(confinement.Current, Ended(error)), Is.False, "once is enough");
    }

    [Test]
    public void Where_setpriv_fails_QEMU_keeps_its_rights_and_that_is_said()
    {
        var confinement = Make();
        Assert.That(confinement.Learn(Confinement.Full, Ended("setpriv: setresuid failed: Invalid argument")));
        Assert.That((confinement.Current.Sandbox, confinement.Current.Setpriv), Is.EqualTo((true, false)));
        Assert.That(QemuConfinement.RightsFor(confinement.Current, Accelerator.Tcg), Is.EqualTo(QemuRights.All));
        Assert.That(confinement.Current.Reasons.Single(), Does.Contain("runs with all rights here: setpriv: "));
    }

    [Test]
    public void A_guest_that_was_heard_of_proves_that_QEMU_bears_it_and_that_is_remembered()
    {
        var first = Make();
        first.Learn(Confinement.Full, Ended("qemu-system-x86_64: ended by signal 31"));
        Assert.That(first.Learn(first.Current, Ended("") with { Channel = "KTAP version 1\n" }), Is.False);
        Assert.That(Make().Current, Has.Property("Sandbox").False);
        Assert.That(Make("another version").Current, Is.EqualTo(Confinement.Full));
    }

    [Test]
    public void Once_proven_no_guest_can_talk_the_harness_out_of_it()
    {
        var confinement = Make();
        confinement.Learn(Confinement.Full, Ended("") with { Channel = "KTAP version 1\n" });
        Assert.That(confinement.Learn(confinement.Current, Ended("qemu-system-x86_64: ended by signal 31")), Is.False);
        Assert.That(Make().Learn(Make().Current, Ended("setpriv: failed")), Is.False, "in the next run, too");
        Assert.That(confinement.Current, Is.EqualTo(Confinement.Full));
    }

    [TestCase("0 0 4294967295", true)]
    [TestCase("0 100000 65536", false)]
    [TestCase("0 0 1\n1 100000 2147483647", true)]
    [TestCase("", false)]
    public void A_user_namespace_that_lacks_the_ids_is_seen(string map, bool mapped) =>
        Assert.That(QemuUsers.AreMapped(map.Split('\n')), Is.EqualTo(mapped));

    private QemuConfinement Make(string version = Version) => new(MachineList.Default, version, _directory.Path);

    private static VmEnd Ended(string error) => new(VmEnding.Exited, "", "", error, 1, TimeSpan.FromSeconds(1));
}
