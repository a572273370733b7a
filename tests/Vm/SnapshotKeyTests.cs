using Harness.Machines;
using Harness.Probes.InnerMaps;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class SnapshotKeyTests
{
    private static readonly SnapshotPrograms _programs = new("qemu", "launcher", "init", "host");

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
            Name(_spec, _programs with { Host = "other" }),
        ];
        Assert.That(names, Is.Unique);
    }

    /// <summary>The guest has measured the rate of the CPU's clock, whose last digits differ at each boot.</summary>
    [TestCase("model name\t: A CPU\nbogomips\t: 5192.26\n", "A CPU, rate 519, 1024 files")]
    [TestCase("model name\t: A CPU\nbogomips\t: 5191.98\n", "A CPU, rate 519, 1024 files")]
    [TestCase("model name\t: A CPU\nbogomips\t: 4788.00\n", "A CPU, rate 479, 1024 files")]
    [TestCase("processor\t: 0\nBogoMIPS\t: 50.00\n", ", rate 5, 1024 files")]
    [TestCase("", ", rate , 1024 files")]
    public void Another_CPU_is_another_host(string cpu, string host)
    {
        using var root = new TemporaryDirectory();
        root.Write("proc/cpuinfo", cpu);
        root.Write("proc/sys/fs/nr_open", "1024\n");
        Assert.That(SnapshotHost.Of(root.Path), Is.EqualTo(host));
    }

    [Test]
    public void Other_firmware_and_modules_of_QEMU_are_another_QEMU()
    {
        using var prefix = new TemporaryDirectory();
        var qemu = prefix.Write("bin/qemu", "");
        var seen = new HashSet<string> { SnapshotHost.LoadedBy(qemu) };
        foreach (var file in new[] { "share/qemu/linuxboot.bin", "share/seabios/bios.bin", "lib/any/qemu/accel.so" })
        {
            prefix.Write(file, "old");
            Assert.That(seen.Add(SnapshotHost.LoadedBy(qemu)), file);
            prefix.Write(file, "another");
            Assert.That(seen.Add(SnapshotHost.LoadedBy(qemu)), file);
        }
        Assert.That(seen, Does.Contain(SnapshotHost.LoadedBy(qemu)));
    }

    /// <summary>Files run short on a busy machine, and are there again a moment later.</summary>
    [Test]
    public async Task What_could_not_be_read_once_is_read_again()
    {
        Assume.That(VirtmeHost.CanServe(VirtmeArguments.Program), "virtme-ng is no package here");
        using var directory = new TemporaryDirectory();
        var keys = new SnapshotKeys(null);
        var spec = _spec with
        {
            Machine = _spec.Machine with { QemuProgram = "sh" },
            Waiting = _spec.Waiting! with { Initramfs = directory["waiting.cpio"] },
        };
        Assert.That(async () => await keys.OfAsync(spec), Throws.InstanceOf<IOException>());
        directory.Write("waiting.cpio", "");
        Assert.That(await keys.OfAsync(spec), Has.Some.StartsWith("init "));
    }

    private static string Name(VmSpec spec, SnapshotPrograms? programs = null) =>
        SnapshotKey.NameOf(SnapshotKey.Of(spec, spec.Waiting!, programs ?? _programs));
}
