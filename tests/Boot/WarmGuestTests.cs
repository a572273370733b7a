using System.Globalization;
using Harness.Ktap;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Faults;
using Harness.Vm;

namespace Harness.Tests.Boot;

/// <summary>A real kernel that is saved when it is ready for its orders, and restored for others.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class WarmGuestTests
{
    private const string Answer = """report("raw.a", "fine");""";

    /// <summary>What no two guests have in common: random numbers, and the id of the boot. And the time.</summary>
    private const string TellsWhatDiffers = """
        unsigned char random[8];
        char id[64] = "", text[256];
        int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY);

        read(fd, id, 36);
        getrandom(random, sizeof(random), 0);
        snprintf(text, sizeof(text), "%02x%02x%02x%02x%02x%02x%02x%02x_%s_%lld", random[0], random[1], random[2],
                 random[3], random[4], random[5], random[6], random[7], id, (long long)time(NULL));
        report("raw.a", text);
        """;

    private const string Crashes = """
        report("raw.a", "fine");
        fd = open("/proc/sysrq-trigger", O_WRONLY);
        write(fd, "c", 1);
        """;

    private WarmGuestLab _lab = null!;

    [SetUp]
    public async Task Make_a_lab()
    {
        Assume.That(VirtmeHost.CanServe(VirtmeArguments.Program), "virtme-ng is no package here");
        _lab = await WarmGuestLab.MakeAsync();
    }

    [TearDown]
    public async Task Remove_it() => await _lab.DisposeAsync();

    [Test]
    public async Task It_is_booted_once_and_restored_with_other_programs_and_orders()
    {
        var vm = _lab.Machine();
        var booted = await _lab.RunAsync(vm, Answer);
        Assert.That((booted.Warm, booted.Cold, Reason(booted)), Is.EqualTo((false, (string?)null, "fine")));
        Assert.That(_lab.Snapshots, Has.Count.EqualTo(1));

        var first = await _lab.RunAsync(vm, TellsWhatDiffers);
        var second = await _lab.RunAsync(_lab.Machine(), TellsWhatDiffers);
        Assert.That(new[] { first.Warm, second.Warm }, Is.All.True, $"{first.Cold} {second.Cold}");
        var (one, other) = (Reason(first).Split('_'), Reason(second).Split('_'));
        Assert.That(one[0], Is.Not.EqualTo(other[0]), "random numbers");
        Assert.That(one[1], Has.Length.EqualTo(36).And.Not.EqualTo(other[1]), "the id of the boot");
        Assert.That(DateTimeOffset.FromUnixTimeSeconds(long.Parse(other[2], CultureInfo.InvariantCulture)),
            Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromSeconds(30)));
        // The console has what the kernel said when it was booted, and goes on from there.
        Assert.That(first.Console, Does.StartWith(booted.Console.Split('\n')[0]));
        Assert.That(first.Console, Does.Contain(KernelMessages.Start).And.Contain("reboot: Restarting system"));
        Assert.That(first.Console, Does.Contain("\nharness: restored from a snapshot of 2"));
        Assert.That((booted.Waited, first.Waited, booted.Held > TimeSpan.Zero, first.Held),
            Is.EqualTo((true, false, true, TimeSpan.Zero)));
    }

    [Test]
    [Category(FaultSuite.Category)]
    public async Task What_a_restored_guest_does_to_itself_is_judged_as_if_it_had_been_booted()
    {
        var vm = _lab.Machine();
        foreach (var (body, status) in new[]
        {
            ("int fd;" + Crashes, KernelStatus.Crashed), ("for (;;) pause();", KernelStatus.BootTimeout),
            ("outb(0, 0);", KernelStatus.ProbeError),
        })
        {
            var cold = await _lab.RunAsync(vm, body, deadline: 10, spec => spec with { Waiting = null });
            var saved = await _lab.RunAsync(vm, body, deadline: 10);
            var warm = await _lab.RunAsync(vm, body, deadline: 10);
            Assert.That(warm.Warm, body);
            Assert.That(new[] { cold, saved, warm }.Select(end => Classify(end).Status), Is.All.EqualTo(status), body);
            Assert.That(_lab.Snapshots, Has.Count.EqualTo(1), body);
        }
    }

    [TestCase("memory", 100, "it has another checksum")]
    [TestCase("state", 100, "it has another checksum")]
    [TestCase("memory", -1, "the snapshot's memory is cut")]
    [TestCase("memory", null, "No such file or directory")]
    [TestCase("console", null, "console")]
    [TestCase("console", 3, "its console has another checksum")]
    [TestCase("snapshot.json", 3, null)]
    [Category(FaultSuite.Category)]
    public async Task A_damaged_snapshot_is_removed_and_the_kernel_booted(string file, int? place, string? said)
    {
        var vm = _lab.Machine();
        await _lab.RunAsync(vm, Answer);
        Damage(_lab.FileOfSnapshot(file), place);

        var booted = await _lab.RunAsync(vm, Answer);
        Assert.That((booted.Warm, Reason(booted)), Is.EqualTo((false, "fine")));
        Assert.That(booted.Cold, said is null ? Is.Null : Does.Contain(said));
        Assert.That((await _lab.RunAsync(vm, Answer)).Warm, "it was saved again");
    }

    [Test]
    [Category(FaultSuite.Category)]
    public async Task A_snapshot_that_does_not_answer_is_removed_and_the_kernel_booted()
    {
        var vm = _lab.Machine();
        await _lab.RunAsync(vm, Answer);
        // Its memory is empty, and the checksum is right.
        var marker = _lab.FileOfSnapshot("snapshot.json");
        var state = Crc32.Of(await File.ReadAllBytesAsync(_lab.FileOfSnapshot("state")));
        var key = File.ReadAllText(marker).Split("\"chunks\"")[0];
        var rest = File.ReadAllText(marker).Split("\"consoleSha256\"")[1];
        File.WriteAllText(marker, FormattableString.Invariant(
            $"{key}\"chunks\":[],\"checksum\":{state},\"consoleSha256\"{rest}"));

        var booted = await _lab.RunAsync(vm, Answer, deadline: 20);
        Assert.That((booted.Warm, Reason(booted)), Is.EqualTo((false, "fine")));
        Assert.That(booted.Cold, Does.StartWith("its snapshot is of no use and is removed: "));
    }

    [Test]
    [Category(FaultSuite.Category)]
    public async Task Sixteen_at_once_from_one_snapshot_answer_each_for_itself()
    {
        var vm = _lab.Machine();
        await _lab.RunAsync(vm, Answer);
        var ends = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _lab.RunAsync(vm, TellsWhatDiffers, 180)));
        Assert.That(ends.Select(end => end.Warm), Is.All.True);
        Assert.That(ends.Select(Reason).Distinct().Count(), Is.EqualTo(16));
    }

    [Test]
    [Category(FaultSuite.Category)]
    public async Task A_guest_that_cannot_wait_for_orders_is_booted_with_its_programs_and_that_is_remembered()
    {
        var vm = _lab.Machine();
        VmSpec Unable(VmSpec spec) => spec with
        {
            Machine = spec.Machine with { WaitRegister = spec.Machine.WaitRegister! with { Address = "0" } },
        };
        var first = await _lab.RunAsync(vm, Answer, change: Unable);
        var second = await _lab.RunAsync(vm, Answer, change: Unable);
        Assert.That((Reason(first), Reason(second)), Is.EqualTo(("fine", "fine")));
        Assert.That(first.Cold, Is.EqualTo("it cannot wait for its orders: "
            + "prober: harness.wait: not an address"));
        Assert.That((second.Cold, second.Warm), Is.EqualTo(((string?)null, false)));
    }

    [TestCase(1000, "is more than the 1000 bytes that all may take")]
    [Category(FaultSuite.Category)]
    public async Task Without_room_the_guest_answers_and_is_not_saved(long bytes, string said)
    {
        var end = await _lab.RunAsync(_lab.Machine(bytes), Answer);
        Assert.That((end.Warm, Reason(end)), Is.EqualTo((false, "fine")));
        Assert.That(end.Cold, Does.StartWith("it is not saved: ").And.EndsWith(said));
        Assert.That(_lab.Snapshots, Is.Empty);
    }

    private static void Damage(string file, int? place)
    {
        if (place is not { } at)
        {
            File.Delete(file);
            return;
        }
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        if (at < 0)
        {
            stream.SetLength(stream.Length / 2);
            return;
        }
        stream.Position = at;
        var old = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(old ^ 0x40));
    }

    private static ProbeReport Report(VmEnd end)
    {
        var nonce = end.Channel.Split("nonce=").ElementAtOrDefault(1)?.Split(' ', '\n')[0] ?? "";
        return ProbeReport.Read(end.Channel, nonce);
    }

    private static string Reason(VmEnd end) => Report(end) is { IsWhole: true, Cases: [{ Reason: { } reason }] }
        ? reason
        : $"{end.Ending}\n{end.Channel}\n{end.Console}\n{end.LauncherError}";

    private static Classification Classify(VmEnd end) => Classifier.Classify(end, Report(end));
}
