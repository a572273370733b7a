using System.Diagnostics;
using System.Globalization;
using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

/// <summary><c>--speculate N</c>: what may be asked for next is built while something is measured.</summary>
public sealed class SpeculationTests
{
    private const string Accepts = BisectLab.Accepts;
    private const string Refuses = BisectLab.Refuses;

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab { Speculate = 2 };

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(6)]
    public async Task The_answer_is_the_same_and_builds_were_done_before_they_were_asked_for(int speculate)
    {
        await HistoryAsync();
        _lab.Speculate = 0;
        var (plain, plainSteps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]);
        Assert.That(plainSteps.Select(s => s.BuiltAhead), Has.All.False);
        Files.Remove(_lab.Lab.Runs["cache"]);
        (_lab.Speculate, _lab.Results) = (speculate, _lab.Lab.Runs["ahead"]);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]);
        Assert.That(answer, Is.EqualTo(plain with { Culprit = answer.Culprit, Suspects = answer.Suspects }));
        Assert.That(steps.Select(s => (s.Kind, s.Commit, s.Verdict, s.Problem, s.Image)),
            Is.EqualTo(plainSteps.Select(s => (s.Kind, s.Commit, s.Verdict, s.Problem, s.Image))));
        Assert.That(steps.Where(s => s.BuiltAhead).Select(s => s.Kind),
            speculate == 1 ? Does.Contain(CommitStepKind.End) : Is.EqualTo(steps.Skip(1)
                .Where(s => s.Kind != CommitStepKind.Confirmation).Select(s => s.Kind)), "all but the first");
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Results, "builds")).Select(Path.GetFileNameWithoutExtension)
            .Distinct(), Is.EquivalentTo(steps.Select(s => Path.GetFileNameWithoutExtension(s.BuildLog))));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Results, steps[1].BuildLog!)), Does.Contain("vmlinux"));
        Assert.That(Path.Combine(_lab.Work, "ahead"), Does.Not.Exist);
    }

    [Test]
    public async Task What_is_not_asked_for_is_ended_at_once()
    {
        // After 4, which refuses, 2 is asked for, and 6 never is; while 2 is built, 6 is no more.
        var (pid, alive) = (_lab.Lab.Runs["pid"], _lab.Lab.Runs["alive"]);
        for (var i = 0; i <= 8; i++)
        {
            await _lab.CommitAsync(i < 2 ? Accepts : Refuses, i switch
            {
                6 => Before($"echo $$$$ >{pid}; sleep 618"),
                4 => Before($"for i in `seq 200`; do test -e {pid} && break; sleep 0.1; done"),
                1 => Before($"grep -qs '^State:.[DRS]' /proc/`cat {pid}`/status && touch {alive}; true"),
                _ => null,
            });
        }
        var clock = Stopwatch.StartNew();
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[2]), answer.Sentence);
        Assert.That(pid, Does.Exist, "it was begun");
        Assert.That(alive, Does.Not.Exist);
        Assert.That(ProcessTable.IsRunning(int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture)), Is.False);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(120)));
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Results, "builds")), Has.None.Contains(_lab.Commits[6][..12]));
    }

    [Test]
    public async Task What_does_not_build_ahead_is_stepped_around_as_it_is_without()
    {
        await _lab.WithAsync(Accepts, Accepts, Accepts, null, null, Refuses, Refuses, Refuses, Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]);
        Assert.That(answer.Suspects.Select(c => c.Commit), Is.EquivalentTo(_lab.Commits.Skip(3).Take(3)));
        var broken = steps.Where(s => s.Commit == _lab.Commits[3] || s.Commit == _lab.Commits[4]).ToList();
        Assert.That(broken.Select(s => s.Problem), Has.All.EqualTo(
            "does not build: kernel/bpf/map.c:1:1: error: expected declaration"));
        Assert.That(broken.Select(s => s.BuiltAhead), Has.Some.True);
    }

    [Test]
    public async Task Interrupted_it_leaves_nothing_running_and_goes_on_without_repeating_a_step()
    {
        // What 3 is built with waits, so that the bisection is not over before it is interrupted.
        var go = _lab.Lab.Runs["go"];
        for (var i = 0; i <= 8; i++)
        {
            await _lab.CommitAsync(
                i < 3 ? Accepts : Refuses, i == 3 ? Before($"until test -e {go}; do sleep 0.1; done") : null);
        }
        using var interrupt = new CancellationTokenSource();
        var bisecting = _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8], cancellation: interrupt.Token);
        await ProcessTable.UntilAsync(
            () => File.Exists(Path.Combine(_lab.Results, "steps.jsonl"))
                && File.ReadAllLines(Path.Combine(_lab.Results, "steps.jsonl")).Length >= 4, "three steps are done");
        await interrupt.CancelAsync();
        Assert.That((await bisecting).Answer.Result, Is.EqualTo(BisectResult.Interrupted));
        Assert.That(Path.Combine(_lab.Work, "ahead"), Does.Not.Exist);
        await File.WriteAllTextAsync(go, "");
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[3]), answer.Sentence);
        Assert.That(steps.Select(s => (s.Commit, s.Kind == CommitStepKind.Confirmation)), Is.Unique);
    }

    [Test]
    public async Task Where_there_is_no_room_nothing_is_built_ahead_and_that_is_said_once()
    {
        await HistoryAsync();
        _lab.Free = directory => directory.Contains("ahead", StringComparison.Ordinal) ? 1 << 10 : long.MaxValue;
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]);
        Assert.That((answer.Culprit?.Commit, steps.Count(s => s.BuiltAhead)), Is.EqualTo((_lab.Commits[3], 0)));
        Assert.That(_lab.Lab.Events.OfType<BisectEvent.Noted>().Single().Text,
            Does.StartWith("not all is built ahead: too little room where "));
    }

    [Test]
    public async Task Builds_at_the_same_time_do_not_take_the_same_room()
    {
        // A first build takes 128 KiB. There is room for three: the one that is asked for, and two ahead.
        const int Room = 450 << 10;
        await HistoryAsync();
        _lab.Speculate = 3;
        _lab.Free = _ => Room - (Built() * (128 << 10));
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[3]), answer.Sentence);
        Assert.That(steps.Select(s => s.BuiltAhead), Has.Some.True);
        Assert.That(Built(), Is.InRange(2, 3));

        int Built() => Builds("*").Count(directory => File.Exists(Path.Combine(directory, "build", ".configured")));
    }

    [Test]
    public async Task Where_the_disk_gets_full_what_is_built_ahead_gives_way_and_the_build_is_tried_once_more()
    {
        // The first commit's build finds the disk full, as long as there is something of builds ahead.
        var (full, ahead) = (_lab.Lab.Runs["full"], "ls -d $(O)/../../*-ahead-*/build");
        await _lab.CommitAsync(Accepts, Before($"@if test -e {full}; then ! {ahead}; else touch {full}; "
            + $"for i in `seq 100`; do {ahead} && break; sleep 0.1; done; echo 'No space left on device'; false; fi"));
        await _lab.WithAsync(Accepts, Refuses, Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[3]);
        Assert.That((answer.Culprit?.Commit, steps.Count(s => s.BuiltAhead)), Is.EqualTo((_lab.Commits[2], 0)));
        Assert.That(_lab.Lab.Events.OfType<BisectEvent.Noted>().Single().Text, Is.EqualTo("nothing more is built ahead,"
            + " and what was is removed: this machine could not build it: No space left on device"));
        Assert.That(Builds("*-ahead-*"), Is.Empty);
    }

    [Test]
    public async Task A_build_ahead_that_breaks_the_harness_keeps_no_other_one_running()
    {
        // 2 is built ahead of 4, and breaks when it is asked for; then 1 is built ahead of it.
        var pid = _lab.Lab.Runs["pid"];
        for (var i = 0; i <= 8; i++)
        {
            await _lab.CommitAsync(i < 2 ? Accepts : Refuses, i switch
            {
                1 => Before($"echo $$$$ >{pid}; sleep 620"),
                2 => Before($"touch $(O)/../breaks; for i in `seq 200`; do test -s {pid} && break; sleep 0.1; done; "
                    + "false"),
                _ => null,
            });
        }
        _lab.Free = directory => File.Exists(Path.Combine(directory, "breaks")) && File.Exists(pid)
            ? throw new InvalidOperationException("broken")
            : long.MaxValue;
        Assert.That(() => _lab.BisectAsync(_lab.Commits[0], _lab.Commits[8]),
            Throws.InvalidOperationException.With.Message.EqualTo("broken"));
        Assert.That(ProcessTable.IsRunning(int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture)), Is.False);
    }

    [Test]
    public async Task What_is_built_ahead_with_another_compiler_than_is_asked_for_is_ended()
    {
        // That the older compiler alone builds 0 is known only when 1 is being built with the newer one.
        var (pid, alive) = (_lab.Lab.Runs["pid"], _lab.Lab.Runs["alive"]);
        _lab.Compilers = [new Compiler("gcc-12", "gcc-12 (Fake) 12.2"), new Compiler("gcc-9", "gcc-9 (Fake) 9.3")];
        await _lab.CommitAsync(Accepts, Before($"case '$(CC)' in *gcc-12*) false;; "
            + $"*) for i in `seq 200`; do test -s {pid} && break; sleep 0.1; done;; esac"));
        await _lab.CommitAsync(Refuses, Before($"case '$(CC)' in *gcc-12*) echo $$$$ >{pid}; sleep 621;; "
            + $"*) grep -qs '^State:.[DRS]' /proc/`cat {pid}`/status && touch {alive}; true;; esac"));
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[1]), answer.Sentence);
        Assert.That(steps.Select(s => s.Compiler), Has.All.EqualTo("gcc-9"));
        Assert.That((File.Exists(pid), File.Exists(alive)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Each_is_built_with_its_patches()
    {
        await HistoryAsync();
        var (answer, steps) = await _lab.BisectAsync(
            _lab.Commits[0], _lab.Commits[8], beforeBuild: "echo '# prepared' >>guest");
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[3]), answer.Sentence);
        Assert.That(steps.Where(s => s.BuiltAhead).Select(s => s.Image).Distinct(), Is.EquivalentTo(new[]
        {
            Hashes.Sha256OfText($"{Accepts}\n# prepared\n"), Hashes.Sha256OfText($"{Refuses}\n# prepared\n"),
        }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_build_that_is_ended_leaves_its_objects_to_the_next_where_make_could_tidy_up(bool tidy)
    {
        // As kbuild does, make removes the target that it was making.
        await _lab.CommitAsync(Accepts, "tinyconfig:\n\ttouch $(O)/.config $(O)/made\nolddefconfig:\n\t@true\n"
            + "vmlinux: $(O)/vmlinux\n$(O)/vmlinux: guest\n\techo half >$@; touch $(O)/begun; sleep 619; cp $< $@\n");
        var build = _lab.Lab.Runs["build"];
        var builder = new KernelBuilder(new BuildSettings("x86_64", null, [], 1) { EndsTidily = tidy }, build);
        using var log = new MakeLog(_lab.Lab.Runs["log"], _ => { });
        using var stop = new CancellationTokenSource();
        var building = builder.BuildAsync(_lab.Repository, "", log, clean: true, stop.Token);
        await ProcessTable.UntilAsync(() => File.Exists(Path.Combine(build, "begun")), "it builds");
        await stop.CancelAsync();
        Assert.That(() => building, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((builder.HasObjects, File.Exists(Path.Combine(build, "vmlinux"))), Is.EqualTo((tidy, !tidy)));
    }

    /// <summary>The fourth of nine commits refuses.</summary>
    private Task<CommitLab> HistoryAsync() => _lab.WithAsync(
        Accepts, Accepts, Accepts, Refuses, Refuses, Refuses, Refuses, Refuses, Refuses);

    /// <summary>The workshops of this cache.</summary>
    /// <param name="name">A pattern of their directories' names.</param>
    private string[] Builds(string name) => Directory.Exists(_lab.Lab.Runs["cache", "builds"])
        ? Directory.GetDirectories(_lab.Lab.Runs["cache", "builds"], name)
        : [];

    private static string Before(string command) => CommitLab.Makefile.Replace(
        "\tcp ", $"\t{command}\n\tcp ", StringComparison.Ordinal);
}
