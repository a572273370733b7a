using Harness.Machines;
using Harness.Probes.InnerMaps;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class SnapshotKeyTests
{
    private static readonly SnapshotPrograms _programs = new("qemu", "launcher", "init");

    private static readonly VmSpec _spec = new(
        MachineList.Default, "/cache/vmlinux", "/cache/guest.cpio", "/run/console", "/run/channel", "/run/work",
        Accelerator.Tcg, "feed", [], TimeSpan.FromSeconds(90), Version: KernelVersion.Parse("6.1.5"))
    {
        DoesWithout = InnerMapsProbe.Instance.DoesWithout.ToHashSet(),
        Waiting = new WaitingStart("/cache/waiting.cpio", new string('0', 64), Unpacked: true),
    };

    [Test]
    public void Another_question_finds_the_same_snapshot()
    {
        var other = _spec with
        {
            Initramfs = "/cache/other.cpio",
            Nonce = "beef",
            CaseGlobs = ["raw.*"],
            Shuffle = 816,
            Deadline = TimeSpan.FromSeconds(30),
            ProgramDeadline = TimeSpan.FromSeconds(7),
            WorkDirectory = "/run/other",
        };
        Assert.That(Name(other), Is.EqualTo(Name(_spec)));
    }

    [Test]
    public void Whatever_a_guest_is_made_from_is_in_the_key()
    {
        var machine = _spec.Machine;
        IReadOnlyList<string> names =
        [
            Name(_spec),
            Name(_spec with { Waiting = _spec.Waiting! with { ImageSha256 = new string('1', 64) } }),
            Name(_spec with { Waiting = _spec.Waiting! with { Unpacked = false } }),
            Name(_spec with { MemoryMiB = 512 }),
            Name(_spec with { Version = KernelVersion.Parse("6.12.5") }), // whose CPU lacks an instruction
            Name(_spec with { DoesWithout = new HashSet<KernelArea>() }),
            Name(_spec with { Machine = machine with { Name = "other" } }),
            Name(_spec with { Machine = machine with { QemuMachine = "pc" } }),
            Name(_spec, _programs with { Qemu = "other" }),
            Name(_spec, _programs with { Launcher = "other" }),
            Name(_spec, _programs with { Init = "other" }),
        ];
        Assert.That(names, Is.Unique);
    }

    private static string Name(VmSpec spec, SnapshotPrograms? programs = null) =>
        SnapshotKey.NameOf(SnapshotKey.Of(spec, spec.Waiting!, programs ?? _programs));
}
