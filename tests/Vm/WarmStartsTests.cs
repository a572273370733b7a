using System.Diagnostics;
using Harness.Machines;
using Harness.Runs;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

/// <summary>Which way guests are started, and what becomes of those that do not come to be asked.</summary>
public sealed class WarmStartsTests
{
    private const string Panic = "[    1.2] Kernel panic - not syncing: Fatal exception\n";
    private const string GivesUp = "prober: I/O port 0x2ef: Operation not permitted\n";

    private static readonly IReadOnlyList<string> _key = ["a key"];

    private readonly SetTime _clock = new();
    private readonly List<string> _started = [];
    private TemporaryDirectory _directory = null!;
    private SnapshotStore _store = null!;
    private Func<Task<IReadOnlyList<string>?>> _keyOf = () => Task.FromResult<IReadOnlyList<string>?>(_key);

    [SetUp]
    public void Make_a_cache()
    {
        _directory = new TemporaryDirectory();
        _store = new SnapshotStore(_directory["cache"], 1 << 20, _clock);
        _started.Clear();
        _clock.Now = DateTimeOffset.UtcNow;
        _keyOf = () => Task.FromResult<IReadOnlyList<string>?>(_key);
    }

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    private WarmStarts Starts => new(_store, _ => _keyOf(), ConsoleHealth.Problem);

    [Test]
    public async Task Where_it_is_not_saved_at_once_the_first_boot_is_noted_and_the_second_can_be_saved()
    {
        await RunAsync(_ => Asked(), atOnce: false);
        var second = await RunAsync(guest => Asked(guest), atOnce: false);
        var third = await RunAsync(_ => Asked(), atOnce: false);
        Assert.That(_started, Is.EqualTo(new[] { "cold", "waits", "restored" }));
        Assert.That((second.Waited, second.Warm, third.Waited, third.Warm), Is.EqualTo((true, false, false, true)));
    }

    [Test]
    public async Task Without_a_key_the_guest_is_booted()
    {
        _keyOf = () => Task.FromException<IReadOnlyList<string>?>(new IOException("too many open files"));
        var end = await RunAsync(_ => Asked());
        Assert.That(end.Cold, Is.EqualTo("it cannot be told what its snapshot depends on: too many open files"));
        Assert.That(_started, Is.EqualTo(new[] { "cold" }));
    }

    [TestCase("waits", VmEnding.Exited, Panic, "", "booted to be saved, it did not come to be asked: Kernel panic")]
    [TestCase("restored", VmEnding.Exited, Panic, "", "restored from a snapshot, it did not come to be asked: Kernel")]
    [TestCase("restored", VmEnding.Deadline, Panic, "", "restored from a snapshot, it did not come to be asked: Kern")]
    [TestCase("restored", VmEnding.Exited, "", "",
        "restored from a snapshot, it did not come to be asked: it reset the machine")]
    [TestCase("restored", VmEnding.Deadline, "", "", null, Description = "it hangs")]
    [TestCase("restored", VmEnding.Exited, "", "qemu: no memory", null, Description = "QEMU ends")]
    public async Task What_dies_before_it_is_asked_is_evidence(
        string how, VmEnding ending, string console, string launcher, string? reason)
    {
        if (how == "restored")
        {
            Save();
        }
        var end = await RunAsync(guest =>
        {
            if (_started[^1] != how)
            {
                return Asked(guest);
            }
            File.WriteAllText(_directory["console.log"], console);
            File.WriteAllText(_directory["channel.ktap"], "# init ready\n");
            return new VmBoot(End(ending, console, launcher), WasReady: true, Problem: "it does not read its orders");
        });
        Assert.That(end.GivenUp.Select(guest => guest.Reason),
            reason is null ? Is.Empty : Has.Exactly(1).StartsWith(reason));
        foreach (var guest in end.GivenUp)
        {
            Assert.That(File.ReadAllText(guest.ConsoleFile), Is.EqualTo(console));
            Assert.That(File.ReadAllText(guest.ChannelFile), Is.EqualTo("# init ready\n"));
        }
        Assert.That(_started[0], Is.EqualTo(how));
        Assert.That(_store.Find(_key)?.IsSaved, how == "waits" ? Is.Null : Is.True, "the useless one is removed");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_guest_that_gives_up_is_booted_and_not_made_to_wait_again(bool ready)
    {
        VmBoot GiveUp(WarmGuest? guest)
        {
            if (guest is null)
            {
                return Asked();
            }
            if (ready)
            {
                Save();
            }
            return new VmBoot(End(VmEnding.Exited, GivesUp + "[    1.2] reboot: Restarting system\n"), ready);
        }
        var first = await RunAsync(GiveUp);
        await RunAsync(GiveUp);
        Assert.That(_started, Is.EqualTo(new[] { "waits", "cold", "cold" }));
        Assert.That((first.Cold, first.GivenUp),
            Is.EqualTo(($"it cannot wait for its orders: {GivesUp.Trim()}", Array.Empty<GivenUpGuest>())));
        _clock.Now += TimeSpan.FromDays(8);
        await RunAsync(guest => Asked(guest));
        Assert.That(_started[^1], Is.EqualTo("waits"), "the reason may have passed");
    }

    [Test]
    public async Task A_restored_guest_that_gives_up_is_neither_restored_nor_saved_again()
    {
        Save();
        await RunAsync(guest => guest is null ? Asked() : new VmBoot(End(VmEnding.Exited, GivesUp), true));
        await RunAsync(_ => Asked());
        Assert.That(_started, Is.EqualTo(new[] { "restored", "cold", "cold" }));
    }

    /// <summary>A kernel that dies on its way there would do so with its programs, too.</summary>
    [Test]
    public async Task A_kernel_that_panics_before_it_is_ready_has_not_given_up_whatever_stands_on_its_console()
    {
        var end = await RunAsync(_ => new VmBoot(End(VmEnding.Exited, GivesUp + Panic)));
        Assert.That((_started, end.Console), Is.EqualTo((new[] { "waits" }, GivesUp + Panic)));
        Assert.That(_store.Find(_key), Is.Null);
    }

    [TestCase(VmEnding.Exited, "qemu: -object: no such option", true)]
    [TestCase(VmEnding.NotLaunched, "no launcher", true)]
    [TestCase(VmEnding.Exited, "", false)]
    public async Task A_QEMU_that_has_no_guest_that_waits_boots_one_with_its_programs(
        VmEnding ending, string launcher, bool boots)
    {
        var end = await RunAsync(guest => guest is null ? Asked() : new VmBoot(End(ending, "", launcher)));
        Assert.That(_started, Is.EqualTo(boots ? ["waits", "cold"] : new[] { "waits" }));
        Assert.That(end.Cold, boots ? Is.EqualTo($"this QEMU has no guest that waits: {launcher}") : Is.Null);
    }

    [TestCase("[    0.1] Linux\n", 0, null)]
    [TestCase("[    0.1] Linux\n[    0.2] WARNING: CPU: 0 at a.c:1\n", 0, "its kernel is not well: WARNING: CPU: 0 at")]
    [TestCase("[    0.1] Oops: 0000 [#1]\n", 0, "its kernel is not well: Oops: 0000")]
    [TestCase("[    0.1] init: the probes start\n", 0, "its kernel is not well: its probes have started")]
    [TestCase("[    0.1] Linux\n", 7, "its kernel said something while it was saved")]
    public async Task A_kernel_that_is_not_well_is_not_saved_and_goes_on(string console, int later, string? problem)
    {
        var said = _directory.Write("console.log", console);
        var held = new Stopwatch();
        await using var vm = new StandingVm(directory =>
        {
            Thread.Sleep(20);
            return (directory is null ? null : new SavedGuest([], 0, console.Length + later), null);
        });
        var unsaved = await Starts.SaveAsync(new WarmGuest(_key, null), vm, said, held);
        Assert.That(unsaved, problem is null ? Is.Null : Does.StartWith(problem));
        Assert.That(_store.Find(_key)?.IsSaved, problem is null ? Is.True : Is.Null);
        Assert.That((vm.Saves, held.IsRunning), Is.EqualTo((1, false)), "it goes on in any case");
        Assert.That(held.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(19)));
        Assert.That(Directory.CreateDirectory(_directory["cache", "snapshots"]).GetDirectories().Length,
            Is.EqualTo(problem is null ? 1 : 0), "nothing half-written stays");
    }

    [Test]
    public async Task One_that_answered_otherwise_than_a_booted_one_is_not_restored_again()
    {
        Save();
        Starts.Distrust(_key, "it crashed");
        await RunAsync(_ => Asked());
        Assert.That(_started, Is.EqualTo(new[] { "cold" }));
    }

    [TestCase(null, "cold", Description = "How a booted one ends is not known")]
    [TestCase("Oops", "restored")]
    public async Task One_that_is_asked_what_may_kill_it_is_restored_where_it_is_known_how_a_booted_one_ends(
        string? end, string how)
    {
        Save();
        if (end is not null)
        {
            Starts.RememberEnd(_key, end);
        }
        var asked = await RunAsync(_ => Asked(), alone: true);
        Assert.That(_started, Is.EqualTo(new[] { how }));
        Assert.That((asked.SnapshotKey, asked.KnownEnds),
            Is.EqualTo((_key, end is null ? Array.Empty<string>() : [end])));
    }

    [Test]
    public async Task One_that_is_asked_what_may_kill_it_is_not_saved()
    {
        await RunAsync(_ => Asked(), alone: true);
        await RunAsync(_ => Asked(), alone: true);
        Assert.That(_started, Is.EqualTo(new[] { "cold", "cold" }));
        Assert.That(_store.Find(_key), Is.Null);
    }

    [Test]
    public async Task What_a_guest_is_held_while_it_is_saved_is_neither_of_its_deadline_nor_of_its_boot()
    {
        var spec = Spec(atOnce: true);
        File.WriteAllText(spec.ConsoleFile, "");
        File.WriteAllText(spec.ChannelFile, "# init ready\n");
        await using var vm = new StandingVm(_ =>
        {
            Thread.Sleep(300);
            return (null, "the disk is slow");
        });
        using var output = new GuestOutput(spec, _directory["error"]);
        var watch = new WaitingWatch(Starts, new WarmGuest(_key, null), vm, spec, output);
        output.Look();
        watch.Look();
        Assert.That(await watch.ProblemAsync(End(VmEnding.Exited, "")), Is.EqualTo("the disk is slow"));
        Assert.That(watch.Held, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(299)));
        Assert.That(watch.Deadline, Is.EqualTo(spec.Deadline + watch.Held));
        var end = new VmEnd(VmEnding.Finished, "", "", "", 0, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3));
        Assert.That((end with { Held = TimeSpan.FromSeconds(1.5) }).Booting, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That((end with { Held = TimeSpan.FromSeconds(4) }).Booting, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task What_cannot_be_restored_is_not_waited_for()
    {
        Save();
        var spec = Spec(atOnce: true);
        await using var vm = new StandingVm(_ => (null, null)) { Unrestored = "QEMU stays at 'inmigrate'" };
        using var output = new GuestOutput(spec, _directory["error"]);
        var watch = new WaitingWatch(Starts, new WarmGuest(_key, _store.Find(_key)), vm, spec, output);
        var clock = Stopwatch.StartNew();
        while (!watch.IsOverdue && clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            watch.Look();
            await Task.Delay(10);
        }
        Assert.That(watch.IsOverdue);
    }

    private static VmEnd End(VmEnding ending, string console, string launcher = "") =>
        new(ending, "", console, launcher, 0, TimeSpan.FromSeconds(1));

    /// <summary>A guest that answers; one that waits is saved first.</summary>
    private VmBoot Asked(WarmGuest? guest = null)
    {
        if (guest is { Restored: null })
        {
            Save();
        }
        return new VmBoot(End(VmEnding.Finished, "[    0.1] Linux\n"), WasReady: true, WasAsked: true);
    }

    private void Save() => _store.Complete(_store.Begin(), _key, new SavedGuest([], 0, 0), []);

    private Task<VmEnd> RunAsync(Func<WarmGuest?, VmBoot> boot, bool atOnce = true, bool alone = false) =>
        Starts.RunAsync(Spec(atOnce) with { Alone = alone }, guest =>
        {
            _started.Add(guest is null ? "cold" : guest.Restored is null ? "waits" : "restored");
            return Task.FromResult(boot(guest));
        });

    private VmSpec Spec(bool atOnce) => new(
        MachineList.Default, "kernel", "guest", _directory["console.log"], _directory["channel.ktap"],
        _directory["work"], Accelerator.Tcg, "feed", [], TimeSpan.FromSeconds(90))
    {
        Waiting = new WaitingStart("waiting", new string('0', 64), Unpacked: true, atOnce),
    };

    /// <summary>A VM of which nothing runs.</summary>
    private sealed class StandingVm(Func<string?, (SavedGuest?, string?)> save) : LaunchedVm
    {
        public int Saves { get; private set; }

        public string? Unrestored { get; init; }

        public override Task<int> WaitAsync(CancellationToken cancellation) => Task.FromResult(0);

        public override Task<int> KillAsync() => Task.FromResult(0);

        public override Task<string?> RestoredAsync() => Task.FromResult(Unrestored);

        public override async Task<(SavedGuest? Saved, string? Problem)> SaveAsync(string? directory)
        {
            Saves++;
            await Task.Yield();
            return save(directory);
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
