using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Cache;
using Harness.Kernels;
using Harness.Kernels.Git;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

public sealed class CommitBisectionTests
{
    private const string Accepts = BisectLab.Accepts;
    private const string Refuses = BisectLab.Refuses;

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    /// <summary>
    /// Harmless commits, one that changes the verdict (7), one that changes it back (13), and some without a verdict.
    /// </summary>
    private Task<CommitLab> HistoryAsync() => _lab.WithAsync(
        Accepts, Accepts, Accepts, null, Accepts, Accepts, Accepts,
        Refuses, Refuses, BisectLab.Panics, Refuses, Refuses, Refuses,
        Accepts, Accepts, Accepts, null, Accepts);

    [TestCase(0, 12, 7)]
    [TestCase(12, 0, 7)]
    [TestCase(8, 17, 13)]
    [TestCase(17, 8, 13)]
    public async Task A_planted_change_and_its_change_back_are_found_either_way_round(int good, int bad, int culprit)
    {
        await HistoryAsync();
        var before = await _lab.StateAsync();
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[good], _lab.Commits[bad]);
        Assert.That((answer.Result, answer.Confirmed, answer.Culprit?.Commit),
            Is.EqualTo((BisectResult.Found, true, _lab.Commits[culprit])), answer.Sentence);
        Assert.That(answer.Culprit!.Subject, Is.EqualTo($"bpf: change {culprit}"));
        Assert.That((answer.Culprit.Author, answer.Culprit.Date, answer.Culprit.Committer),
            Is.EqualTo(("A U Thor", CommitLab.AuthoredAt, "C O Mitter")));
        Assert.That(answer.Culprit.CommittedAt, Does.Not.StartWith("2021-"));
        Assert.That(CommitReport.Write(Document(answer, steps)),
            Does.Contain($"- author: A U Thor, {CommitLab.AuthoredAt}\n- committer: C O Mitter, 20"));
        Assert.That(answer.Culprit.Diffstat, Does.Contain("kernel/bpf/map.c").And.Contain("guest"));
        var search = steps.Where(s => s.Kind == CommitStepKind.Search).ToList();
        Assert.That(search.Count(s => s.Verdict is not null),
            Is.LessThanOrEqualTo(2 + Math.Ceiling(Math.Log2(Math.Abs(good - bad)))));
        Assert.That(steps.Where(s => s.Kind == CommitStepKind.Confirmation).Select(s => s.Commit),
            Is.EqualTo(new[] { _lab.Commits[culprit - 1], _lab.Commits[culprit] }));
        Assert.That(await _lab.StateAsync(), Is.EqualTo(before),
            "the user's tree, index, HEAD, branches and worktrees");
        Assert.That(File.ReadAllText(Path.Combine(_lab.Results, CommitBisection.LogName)),
            Does.Contain("\ngit bisect start ").And.Contain("first new commit"));
    }

    [Test]
    public async Task A_dirty_tree_stays_as_it_is()
    {
        await HistoryAsync();
        _lab.Write("guest", "half-done work");
        _lab.Write("untracked", "mine");
        await _lab.GitAsync("add", "guest");
        _lab.Write("Kconfig", "and not staged");
        var before = await _lab.StateAsync();
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], "HEAD~5");
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[7]));
        Assert.That(await _lab.StateAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Where_only_what_tells_nothing_is_left_the_candidates_are_named()
    {
        await _lab.WithAsync(Accepts, Accepts, null, BisectLab.Panics, BisectLab.RefusesElsewhere, Refuses, Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[6]);
        Assert.That((answer.Result, answer.Culprit), Is.EqualTo((BisectResult.Range, (FoundCommit?)null)));
        Assert.That(answer.Suspects.Select(c => c.Commit), Is.EquivalentTo(_lab.Commits.Skip(2).Take(4)));
        Assert.That(steps.Single(s => s.Commit == _lab.Commits[2]).Problem,
            Is.EqualTo("does not build: kernel/bpf/map.c:1:1: error: expected declaration"));
        Assert.That(steps.Single(s => s.Commit == _lab.Commits[3]).Problem,
            Does.StartWith("boot failed: Kernel panic"));
        Assert.That(steps.Single(s => s.Commit == _lab.Commits[4]).Verdict!.Errno, Is.EqualTo("E2BIG"),
            "a third verdict");
        Assert.That(CommitReport.Write(Document(answer, steps)),
            Does.Contain("## One of these").And.Contain("change 3"));
        Assert.That(CommitDocument.IsInconclusive(_lab.Results), Is.False, "nothing says so yet");
        File.WriteAllText(Path.Combine(_lab.Results, ReleaseDocument.Name), Document(answer, steps).ToJson());
        Assert.That(CommitDocument.IsInconclusive(_lab.Results));
    }

    [Test]
    public async Task What_Kconfig_says_is_the_reason()
    {
        await _lab.WithAsync(Accepts);
        await _lab.CommitAsync(Accepts, "tinyconfig:\n\ttouch $(O)/.config\nolddefconfig:\n\t@echo "
            + "'kernel/bpf/Kconfig:43: syntax error' >&2; false\n");
        _lab.Write("Kconfig", "another\n"); // So that it is configured anew.
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(steps[1].Problem, Is.EqualTo("does not build: kernel/bpf/Kconfig:43: syntax error"));
        Assert.That(answer.Sentence, Does.Contain("kernel/bpf/Kconfig:43: syntax error"));
    }

    [Test]
    public async Task A_build_tells_how_far_it_is_and_its_log_is_written_as_it_comes()
    {
        var go = _lab.Lab.Runs["go"];
        var makefile = CommitLab.Makefile.Replace("\tcp ",
            "\t@echo '  CC      kernel/fork.o'; echo '  CC      kernel/bpf/map.o'\n"
                + $"\tfor i in `seq 300`; do test -e {go} && break; sleep 0.1; done\n\tcp ", StringComparison.Ordinal);
        await _lab.CommitAsync(Accepts, makefile);
        await _lab.CommitAsync(Refuses, makefile);
        var bisecting = _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        var log = Path.Combine(_lab.Results, "builds", $"step-1-{_lab.Commits[0][..12]}.log");
        await ProcessTable.UntilAsync(
            () => bisecting.IsCompleted
                || (File.Exists(log) && ReadShared(log).Contains("kernel/bpf/map.o", StringComparison.Ordinal)),
            "the log holds what was said so far");
        Assert.That(bisecting.IsCompleted, Is.False);
        await File.WriteAllTextAsync(go, "");
        await bisecting;
        var told = _lab.Lab.Events.OfType<BisectEvent.BuildProgressed>().Where(e => e.Commit.Id == _lab.Commits[0])
            .Select(e => e.Progress).Distinct().ToList();
        Assert.That(told.Take(3), Is.EqualTo(new[]
        {
            new BuildProgress.Compiling(0, null), new BuildProgress.Compiling(1, null),
            new BuildProgress.Compiling(2, null),
        }));
        var confirmed = _lab.Lab.Events.OfType<BisectEvent.BuildProgressed>().Select(e => e.Progress).ToList();
        Assert.That(confirmed, Does.Contain(new BuildProgress.Compiling(2, 2)), "the parent, again from nothing");
    }

    [Test]
    public async Task Asked_again_after_a_range_it_tries_what_told_nothing_again()
    {
        var mended = _lab.Lab.Runs["mended"];
        await _lab.WithAsync(Accepts, Accepts, Accepts,
            $"[ -e {mended} ] || {{ {BisectLab.Panics}; exit; }}; {Refuses}", Refuses);
        var first = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[4]);
        Assert.That((first.Answer.Result, first.Answer.Suspects.Count), Is.EqualTo((BisectResult.Range, 2)),
            first.Answer.Sentence);
        File.WriteAllText(mended, "");
        Assert.That((await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[4])).Steps,
            Has.Count.EqualTo(first.Steps.Count), "killed before it could say so, it repeats nothing");
        var again = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[4], retry: true);
        Assert.That((again.Answer.Result, again.Answer.Culprit?.Commit),
            Is.EqualTo((BisectResult.Found, _lab.Commits[3])), again.Answer.Sentence);
        Assert.That(again.Steps.Skip(first.Steps.Count).Select(s => (s.Kind, s.Commit)), Is.EqualTo(new[]
        {
            (CommitStepKind.Search, _lab.Commits[3]), (CommitStepKind.Confirmation, _lab.Commits[2]),
            (CommitStepKind.Confirmation, _lab.Commits[3]),
        }));
    }

    [Test]
    public async Task Commits_are_configured_where_that_can_make_a_difference()
    {
        await _lab.WithAsync(Accepts, Accepts, Accepts, Accepts, Accepts);
        _lab.Write("kernel/bpf/Kconfig", "config BPF\n");
        await _lab.WithAsync(Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[5]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[5]), answer.Sentence);
        var configured = steps.ToDictionary(s => s.Step, s => File.ReadAllText(Path.Combine(_lab.Results, s.BuildLog!))
            .Contains("olddefconfig", StringComparison.Ordinal));
        // Both ends, then a search among those before the last; of the confirmation, the parent is built from nothing.
        Assert.That(configured.Values, Is.EqualTo(new[] { true, true, true, false, true, true }),
            string.Join(", ", steps.Select(s => s.Subject)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_on_two_branches_may_stand_either_way_round(bool goodOnMain)
    {
        await _lab.WithAsync(Refuses, Refuses);
        await _lab.GitAsync("checkout", "--quiet", "-b", "stable");
        await _lab.WithAsync(Refuses, Accepts, Accepts);
        await _lab.GitAsync("checkout", "--quiet", "main");
        await _lab.WithAsync(Refuses, Refuses);
        var (stable, main) = (_lab.Commits[4], _lab.Commits[6]);
        var (answer, _) = await _lab.BisectAsync(goodOnMain ? main : stable, goodOnMain ? stable : main);
        Assert.That((answer.Result, answer.Confirmed, answer.Culprit?.Commit),
            Is.EqualTo((BisectResult.Found, true, _lab.Commits[3])), answer.Sentence);
        Assert.That(answer.Sentence, Does.Contain("before reject").And.Contain("since then accept"));
    }

    [TestCase("{0} is the first new commit\ncommit {0}\n")]
    [TestCase("{0} is the first 'new' commit\ncommit {0}\n")]
    public void What_git_found_is_understood(string words)
    {
        var commit = new string('a', 40);
        Assert.That(GitBisect.FoundIn(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, commit)),
            Is.EqualTo(commit));
    }

    [Test]
    public async Task Its_worktree_holds_no_files()
    {
        await HistoryAsync();
        var git = await GitRepository.OpenAsync("--git", _lab.Repository, CancellationToken.None);
        var worktree = new BisectWorktree(git, _lab.Lab.Runs["tree"]);
        await worktree.EnsureAsync(_lab.Commits[0], CancellationToken.None);
        var bisect = new GitBisect(worktree.Git);
        for (var call = 0; call < 2; call++)
        {
            var first = await bisect.StartAsync([_lab.Commits[0]], _lab.Commits[12], false, [], CancellationToken.None);
            Assert.That(first, Is.InstanceOf<GitBisectState.Test>());
            var next =
                await bisect.MarkAsync(((GitBisectState.Test)first).Commit, GitBisect.Older, CancellationToken.None);
            Assert.That(next, Is.InstanceOf<GitBisectState.Test>());
            Assert.That(Directory.EnumerateFileSystemEntries(_lab.Lab.Runs["tree"]).Select(Path.GetFileName),
                Is.EqualTo(new[] { ".git" }), "started anew, too");
        }
    }

    [Test]
    public async Task A_build_that_was_killed_with_all_of_it_is_no_base_for_the_next()
    {
        // Half an object from a make whose shell, which would say that all is well, dies with it; the next one would
        // take it for whole.
        const string Killed = "tinyconfig:\n\ttouch $(O)/.config\nolddefconfig:\n\t@true\nvmlinux:\n\techo half "
            + ">$(O)/object; kill -KILL $$(ps -o ppid= -p $$PPID)\n";
        var whole = CommitLab.Makefile.Replace("\tcp ", "\ttest ! -e $(O)/object\n\tcp ", StringComparison.Ordinal);
        await _lab.CommitAsync(Accepts, whole);
        await _lab.CommitAsync(Refuses, whole);
        await _lab.CommitAsync(Accepts, Killed);
        var killed = await Assert.ThrowsAsync<BisectionAbortedException>(() =>
            _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2]));
        Assert.That(killed!.Message, Does.Contain("make was ended by signal 9"));
        _lab.Results = _lab.Lab.Runs["next"];
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(answer.Result, Is.EqualTo(BisectResult.Found), answer.Sentence);
    }

    [Test]
    public async Task Ends_that_agree_are_refused_with_both_verdicts()
    {
        await _lab.WithAsync(Accepts, Refuses, Accepts);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2]);
        Assert.That(answer.Result, Is.EqualTo(BisectResult.EndsAgree));
        Assert.That(answer.Sentence,
            Does.Contain("\"bpf: change 0\"").And.Contain("\"bpf: change 2\"").And.EndWith("both say accept"));
        Assert.That(steps, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Two_ends_that_skip_the_case_do_not_agree_and_the_options_that_it_needs_are_named()
    {
        await _lab.WithAsync(BisectLab.Lacks, Refuses, BisectLab.Lacks);
        var options = new KernelOptions([], ["CONFIG_BPF_LSM=y"]);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2], options: options);
        Assert.That(answer.Result, Is.EqualTo(BisectResult.EndUntestable));
        Assert.That(answer.Sentence, Does.StartWith("neither end answers raw.a: ")
            .And.Contain("both skip it (no such type)").And.Contain("has CONFIG_BPF_LSM=y")
            .And.Contain("--kernel-config"));
        Assert.That(steps.Select(s => s.SkipReason), Is.EqualTo(new[] { "no such type", "no such type" }));
        _lab.Results = _lab.Lab.Runs["again"];
        var (remembered, _) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2], options: options);
        Assert.That(remembered.Sentence, Is.EqualTo(answer.Sentence));
    }

    [Test]
    public async Task An_end_that_does_not_build_is_said_and_tried_again_next_time()
    {
        await _lab.WithAsync(Accepts, Refuses, null);
        var first = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2]);
        Assert.That((first.Answer.Result, first.Answer.Sentence),
            Is.EqualTo((BisectResult.EndUntestable, first.Answer.Sentence)));
        Assert.That(first.Answer.Sentence, Does.Contain("does not build: kernel/bpf/map.c:1:1: error"));
        Assert.That((await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2])).Steps, Has.Count.EqualTo(2),
            "killed before it could say so, it repeats nothing");
        Assert.That((await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2], retry: true)).Steps, Has.Count.EqualTo(3),
            "the good end is known, the bad one is tried again");
    }

    /// <summary>
    /// The objects of each build name the header of their commit (as gcc -MD writes it), which no other commit has.
    /// </summary>
    [Test]
    public async Task A_commit_that_fails_over_what_an_earlier_build_left_is_built_from_nothing()
    {
        var guests = new[] { Accepts, Accepts, Refuses, Refuses };
        for (var i = 0; i < guests.Length; i++)
        {
            foreach (var header in Directory.GetFiles(_lab.Repository, "*.h"))
            {
                File.Delete(header);
            }
            _lab.Write(FormattableString.Invariant($"of-{i}.h"), "");
            await _lab.CommitAsync(guests[i], "-include $(O)/guest.d\n" + CommitLab.Makefile.Replace(
                "vmlinux:\n", "vmlinux: $(O)/guest.o\n", StringComparison.Ordinal)
                + "$(O)/guest.o:\n\techo '$@:' *.h >$(O)/guest.d\n\ttouch $@\n");
        }
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[3]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[2]), answer.Sentence);
        Assert.That(steps.Select(s => s.Problem), Has.All.Null);
        var logs = Directory.GetFiles(Path.Combine(_lab.Results, "builds"), "step-*.log").Select(File.ReadAllText);
        Assert.That(logs, Has.Some.Match(
            "No rule to make target 'of-\\d.h'(?s:.*)\n# does not build: .*objects of earlier builds may be at fault"));
    }

    [Test]
    public async Task A_merge_is_followed_and_first_parents_alone_when_asked()
    {
        await _lab.WithAsync(Accepts, Accepts);
        await _lab.GitAsync("checkout", "--quiet", "-b", "topic");
        await _lab.WithAsync(Refuses, Refuses);
        await _lab.GitAsync("checkout", "--quiet", "main");
        await _lab.GitAsync("merge", "--quiet", "--no-ff", "--message", "Merge topic", "topic");
        var merge = await _lab.GitAsync("rev-parse", "HEAD");
        Assert.That((await _lab.BisectAsync(_lab.Commits[0], merge)).Answer.Culprit!.Commit,
            Is.EqualTo(_lab.Commits[2]));
        _lab.Results = _lab.Lab.Runs["first-parents"];
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], "main", firstParent: true);
        Assert.That(answer.Culprit!.Commit, Is.EqualTo(merge));
        Assert.That(answer.Culprit.Merge!.Kind, Is.EqualTo(MergeKind.Unseen));
        Assert.That(answer.Sentence, Does.Contain("a merge, whose branches were not looked into"));
        Assert.That(CommitReport.Write(Document(answer, steps)),
            Does.Contain($"- parent 1: `{_lab.Commits[1][..12]}` bpf: change 1\n- parent 2: `{_lab.Commits[3][..12]}` ")
                .And.Contain($"--good {_lab.Commits[1][..12]} --bad {_lab.Commits[3][..12]}\n"));
    }

    [TestCase(false, MergeKind.Clean, "as git makes it by itself")]
    [TestCase(true, MergeKind.Evil, "an evil merge")]
    public async Task A_merge_that_is_the_culprit_is_named_as_what_it_is(bool evil, MergeKind kind, string said)
    {
        // A tree refuses that has what both sides added, or what only the merge has.
        var first = evil ? "only-here" : "one";
        var makefile = CommitLab.Makefile.Replace("cp guest ",
            $"cp `test -e {first} -a -e two && echo refuses || echo guest` ", StringComparison.Ordinal);
        _lab.Write("refuses", Refuses + "\n");
        await _lab.CommitAsync(Accepts, makefile);
        await _lab.GitAsync("checkout", "--quiet", "-b", "topic");
        await CommitFileAsync("two");
        await _lab.GitAsync("checkout", "--quiet", "main");
        await CommitFileAsync("one");
        await _lab.GitAsync("merge", "--quiet", "--no-ff", "--no-commit", "topic");
        if (evil)
        {
            _lab.Write("only-here", "");
            await _lab.GitAsync("add", "only-here");
        }
        await _lab.GitAsync("commit", "--quiet", "--message", "Merge topic");
        var merge = await _lab.GitAsync("rev-parse", "HEAD");
        var store = Path.Combine(_lab.Repository, ".git", "objects");
        var objects = Directory.GetFiles(store, "*", SearchOption.AllDirectories);

        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], merge);
        Assert.That((answer.Result, answer.Culprit?.Commit, answer.Culprit?.Merge?.Kind),
            Is.EqualTo((BisectResult.Found, merge, kind)), answer.Sentence);
        Assert.That(answer.Sentence, Does.Contain(said));
        Assert.That(answer.Culprit!.Merge!.Files, Is.EqualTo(evil ? ["only-here"] : Array.Empty<string>()));
        var report = CommitReport.Write(Document(answer, steps));
        Assert.That(report,
            Does.Contain("To go on inside the merge:").And.Contain(evil ? "--remerge-diff" : " rebase "));
        Assert.That(Directory.GetFiles(store, "*", SearchOption.AllDirectories), Is.EqualTo(objects),
            "the repository got no object");

        async Task CommitFileAsync(string name)
        {
            _lab.Write(name, "");
            await _lab.GitAsync("add", name);
            await _lab.GitAsync("commit", "--quiet", "--message", $"adds {name}");
        }
    }

    [Test]
    public async Task The_good_end_is_looked_for_among_releases_with_strides_that_double()
    {
        // Releases 6.1 to 6.9, of which 6.1 and 6.2 accept; the change is between 6.2 and 6.3.
        await _lab.WithAsync(
            Accepts, Accepts, Accepts, Accepts, Refuses, Refuses, Refuses, Refuses, Refuses, Refuses, Refuses);
        for (var release = 1; release <= 9; release++)
        {
            await _lab.GitAsync("tag", $"v6.{release}", _lab.Commits[release + (release > 2 ? 1 : 0)]);
        }
        await _lab.GitAsync("tag", "v6.9-rc1", _lab.Commits[9]);
        var (answer, steps) = await _lab.BisectAsync("auto", "main");
        Assert.That((answer.Result, answer.Culprit?.Commit), Is.EqualTo((BisectResult.Found, _lab.Commits[4])),
            answer.Sentence);
        // The bad end is v6.9 itself; before it 6.8, 6.7, 6.5, then 6.1.
        Assert.That(steps.Where(s => s.Kind == CommitStepKind.End).Select(s => _lab.Commits.ToList().IndexOf(s.Commit)),
            Is.EqualTo(new[] { 10, 9, 8, 6, 1 }));
        Assert.That(_lab.Lab.Events.OfType<BisectEvent.Noted>().Single().Text,
            Does.StartWith("the good end is v6.1, which says accept; the search goes from there to"));
        var again = await _lab.BisectAsync("auto", "main");
        Assert.That(again.Steps, Has.Count.EqualTo(steps.Count), "asked again, it repeats nothing");
    }

    [Test]
    public async Task Where_no_release_differs_that_is_the_answer()
    {
        await _lab.WithAsync(null, Refuses, Refuses);
        await _lab.GitAsync("tag", "v6.1", _lab.Commits[0]);
        await _lab.GitAsync("tag", "v6.2", _lab.Commits[1]);
        var (answer, _) = await _lab.BisectAsync("auto", "main");
        Assert.That(answer.Result, Is.EqualTo(BisectResult.EndsAgree));
        Assert.That(answer.Sentence, Does.StartWith("no release back to v6.1 differs from ")
            .And.EndWith("all that were tested say reject at update with EINVAL; 1 release told nothing"));
    }

    [Test]
    public async Task A_release_that_skips_the_case_or_is_known_to_tell_nothing_is_no_good_end()
    {
        await _lab.WithAsync(Accepts, BisectLab.Lacks, Accepts, Accepts, Refuses, Refuses);
        await _lab.GitAsync("tag", "v20240101120000.1", _lab.Commits[0]);
        for (var release = 0; release < 3; release++)
        {
            await _lab.GitAsync("tag", $"v6.{release + 1}", _lab.Commits[release]);
        }
        var (answer, steps) = await _lab.BisectAsync("auto", "main", skip: [_lab.Commits[2]]);
        Assert.That((answer.Result, answer.Culprit?.Commit), Is.EqualTo((BisectResult.Found, _lab.Commits[4])),
            answer.Sentence);
        Assert.That(steps.Select(s => s.Commit), Has.None.EqualTo(_lab.Commits[2]));
    }

    [Test]
    public async Task Releases_that_all_skip_the_case_or_tell_nothing_agree_on_nothing()
    {
        var options = new KernelOptions([], ["CONFIG_BPF_LSM=y"]);
        await _lab.WithAsync(null, BisectLab.Lacks, BisectLab.Lacks);
        await _lab.GitAsync("tag", "v6.1", _lab.Commits[0]);
        var (mute, _) = await _lab.BisectAsync("auto", "main", options: options);
        Assert.That(mute.Result, Is.EqualTo(BisectResult.EndUntestable));
        Assert.That(mute.Sentence, Does.EndWith("no release before it answers; 1 release told nothing; give --good"));
        await _lab.GitAsync("tag", "v6.2", _lab.Commits[1]);
        _lab.Results = _lab.Lab.Runs["again"];
        var (skipped, _) = await _lab.BisectAsync("auto", "main", options: options);
        Assert.That(skipped.Result, Is.EqualTo(BisectResult.EndUntestable));
        Assert.That(skipped.Sentence, Does.StartWith("neither end answers raw.a: ")
            .And.Contain("has CONFIG_BPF_LSM=y"));
    }

    [TestCase(1, new[] { 0 })]
    [TestCase(2, new[] { 0, 1 })]
    [TestCase(3, new[] { 0, 1, 2 })]
    [TestCase(10, new[] { 0, 1, 3, 7, 9 })]
    public void The_oldest_release_is_tried_at_last(int releases, int[] places) =>
        Assert.That(GoodEndSearch.Places(releases), Is.EqualTo(places));

    [Test]
    public async Task Without_releases_there_is_no_good_end_to_look_for()
    {
        await _lab.WithAsync(Accepts, Refuses);
        Assert.That(() => _lab.BisectAsync("auto", "main"),
            Throws.TypeOf<UsageException>().With.Message.Contains("has no tag of a release before"));
    }

    [Test]
    public async Task Several_good_ends_spare_steps_and_must_agree()
    {
        await _lab.WithAsync(Accepts, Accepts);
        await _lab.GitAsync("checkout", "--quiet", "-b", "topic");
        await _lab.WithAsync(Accepts, Accepts, Accepts, Accepts);
        await _lab.GitAsync("checkout", "--quiet", "main");
        await _lab.WithAsync(Accepts, Refuses);
        await _lab.GitAsync("merge", "--quiet", "--strategy=ours", "--message", "Merge topic", "topic");
        var (answer, steps) = await _lab.BisectAsync(
            _lab.Commits[1], "main", furtherGood: [_lab.Commits[5], _lab.Commits[6]]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[7]), answer.Sentence);
        Assert.That(steps.Where(s => s.Kind == CommitStepKind.Search).Select(s => s.Commit),
            Is.EqualTo(new[] { _lab.Commits[7] }), "nothing of the branch that is good");
        _lab.Results = _lab.Lab.Runs["disagree"];
        var (other, _) = await _lab.BisectAsync(_lab.Commits[1], "main", furtherGood: [_lab.Commits[7]]);
        Assert.That(other.Sentence, Does.StartWith("the good ends disagree: "));
        Assert.That(() => _lab.BisectAsync(_lab.Commits[7], _lab.Commits[0], furtherGood: [_lab.Commits[1]]),
            Throws.TypeOf<UsageException>().With.Message.Contains("each is older than --bad"));
    }

    [Test]
    public async Task What_is_known_to_tell_nothing_is_not_tried()
    {
        await _lab.WithAsync(Accepts, Accepts, Accepts, Accepts, Refuses, Refuses);
        string[] skip = [_lab.Commits[1], $"{_lab.Commits[1]}..{_lab.Commits[2]}"];
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[5], skip: skip);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[4]), answer.Sentence);
        Assert.That(steps.Select(s => s.Commit), Has.None.AnyOf(_lab.Commits[1], _lab.Commits[2]));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Results, CommitBisection.LogName)),
            Does.Contain($"git bisect skip {_lab.Commits[2]}"));
        Assert.That(() => _lab.BisectAsync(_lab.Commits[0], _lab.Commits[5], skip: [_lab.Commits[5]]),
            Throws.TypeOf<UsageException>().With.Message.Contains("is an end, which is measured"));
        Assert.That(() => _lab.BisectAsync(
                _lab.Commits[0], _lab.Commits[5], furtherGood: [_lab.Commits[1]], skip: [_lab.Commits[1]]),
            Throws.TypeOf<UsageException>().With.Message.Contains("is an end, which is measured"));
    }

    [Test]
    public async Task A_tag_of_a_tag_is_followed_to_its_commit()
    {
        await _lab.WithAsync(Accepts, Refuses);
        await _lab.GitAsync("tag", "-a", "-m", "one", "one", _lab.Commits[0]);
        await _lab.GitAsync("tag", "-a", "-m", "two", "two", "one");
        var (answer, _) = await _lab.BisectAsync("two", "main");
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[1]), answer.Sentence);
    }

    [Test]
    public async Task A_shallow_clone_is_told_how_to_get_the_rest()
    {
        await _lab.WithAsync(Accepts, Accepts, Refuses);
        var clone = _lab.Lab.Runs["shallow"];
        await _lab.GitAsync("clone", "--quiet", "--depth=1", $"file://{_lab.Repository}", clone);
        var git = await GitRepository.OpenAsync("--git", clone, CancellationToken.None);
        Assert.That(() => git.CommitAsync("--good", _lab.Commits[0], CancellationToken.None),
            Throws.TypeOf<GitException>().With.Message.Contains("`git fetch --unshallow --tags` gets the rest"));
        var whole = await GitRepository.OpenAsync("--git", _lab.Repository, CancellationToken.None);
        Assert.That(() => whole.CommitAsync("--good", "v9.99", CancellationToken.None),
            Throws.TypeOf<GitException>().With.Message.Not.Contains("shallow"));
    }

    [Test]
    public async Task Worktrees_that_bisections_abandoned_are_forgotten_and_the_users_are_not()
    {
        await _lab.WithAsync(Accepts, Refuses);
        foreach (var name in new[] { "harness-bisect-gone", "mine" })
        {
            await _lab.GitAsync("worktree", "add", "--quiet", "--detach", _lab.Lab.Runs[name], "HEAD");
            Directory.Delete(_lab.Lab.Runs[name], recursive: true);
        }
        await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(await _lab.GitAsync("worktree", "list"),
            Does.Not.Contain("harness-bisect-").And.Contain(_lab.Lab.Runs["mine"]));
    }

    [Test]
    public async Task A_worktree_that_is_pruned_with_the_cache_leaves_nothing_in_the_users_repository()
    {
        await _lab.WithAsync(Accepts);
        var (bisection, mine) = (Path.Combine(_lab.Work, "1"), _lab.Lab.Runs["mine"]);
        foreach (var worktree in new[] { Path.Combine(bisection, "harness-bisect-1"), mine })
        {
            await _lab.GitAsync("worktree", "add", "--quiet", "--detach", worktree, "HEAD");
        }
        // The file of a worktree may lead anywhere: this one leads to the note of another.
        Directory.CreateDirectory(Path.Combine(bisection, "other"));
        File.Copy(Path.Combine(mine, ".git"), Path.Combine(bisection, "other", ".git"));
        CachePruning.Remove(new CacheItem(bisection, 0));
        Assert.That(await _lab.GitAsync("worktree", "list", "--porcelain"),
            Does.Contain($"worktree {mine}\n").And.Not.Contain("harness-bisect").And.Not.Contain("prunable"));
    }

    [Test]
    public async Task A_hang_is_known_by_its_kernel_and_costs_one_deadline()
    {
        // Four commits differ in their files, and build one kernel, which hangs.
        var hangs = $"echo booted >>{_lab.Lab.Runs["hung"]}; sleep 617";
        await _lab.WithAsync(Accepts, Accepts, hangs, hangs, hangs, hangs, Refuses, Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[7], deadline: 5);
        Assert.That(answer.Result, Is.EqualTo(BisectResult.Range), answer.Sentence);
        Assert.That(File.ReadAllLines(_lab.Lab.Runs["hung"]), Has.Length.EqualTo(1));
        var hung = steps.Where(s => s.Kind == CommitStepKind.Search && s.Verdict is null).ToList();
        Assert.That(hung, Has.Count.EqualTo(4));
        Assert.That(hung[0].Problem, Does.StartWith("boot timed out").Or.Contain("within"));
        Assert.That(hung.Skip(1).Select(s => s.Problem),
            Has.All.EqualTo($"{hung[0].Problem} (step {hung[0].Step}, the same kernel)"));
        Assert.That(hung.Select(s => s.Image).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Paths_limit_what_is_tried()
    {
        await _lab.WithAsync(Accepts, Accepts);
        _lab.Write("README", "no code");
        await _lab.AddAsync("docs");
        await _lab.WithAsync(Refuses, Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[^1], paths: ["kernel/bpf"]);
        Assert.That(answer.Culprit?.Commit, Is.EqualTo(_lab.Commits[2]), answer.Sentence);
        Assert.That(steps.Where(s => s.Kind == CommitStepKind.Search).Select(s => s.Subject), Has.None.EqualTo("docs"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Interrupted_in_a_build_or_in_a_boot_it_goes_on_and_repeats_nothing(bool inBuild)
    {
        var (hangs, mended) = (_lab.Lab.Runs["hangs"], _lab.Lab.Runs["mended"]);
        var wait = $"test -e {mended} || {{ touch {hangs}; sleep 619; }}";
        await _lab.WithAsync(Accepts, Accepts);
        await _lab.CommitAsync(inBuild ? Accepts : $"{wait}; {Accepts}",
            inBuild ? CommitLab.Makefile.Replace("\tcp ", $"\t{wait}\n\tcp ", StringComparison.Ordinal) : null);
        await _lab.WithAsync(Accepts, Refuses);
        using var interrupt = new CancellationTokenSource();
        var bisecting = _lab.BisectAsync(_lab.Commits[0], _lab.Commits[4], cancellation: interrupt.Token);
        await ProcessTable.UntilAsync(() => File.Exists(hangs) || bisecting.IsCompleted, "the third commit hangs");
        await interrupt.CancelAsync();
        var (answer, steps) = await bisecting;
        Assert.That((answer.Result, steps.Count), Is.EqualTo((BisectResult.Interrupted, 2)));
        Assert.That(ProcessTable.WithCommandLine("sleep\0619"), Is.Empty);

        // As a kill at an unlucky moment leaves it: locks, half a step, half a line.
        var own = Path.Combine(_lab.Repository, ".git", "worktrees", "harness-bisect-test");
        await File.WriteAllTextAsync(Path.Combine(own, "index.lock"), "");
        Directory.CreateDirectory(Path.Combine(own, "refs", "bisect"));
        await File.WriteAllTextAsync(Path.Combine(own, "refs", "bisect", "new.lock"), "");
        Directory.CreateDirectory(Path.Combine(_lab.Results, "step-3"));
        await File.WriteAllTextAsync(Path.Combine(_lab.Results, "step-3", "journal.jsonl"), "{");
        await File.AppendAllTextAsync(Path.Combine(_lab.Results, CommitJournal.Name), "{\"step\": 3, \"ki");
        await File.WriteAllTextAsync(mended, "");

        (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[4]);
        Assert.That((answer.Result, answer.Culprit?.Commit), Is.EqualTo((BisectResult.Found, _lab.Commits[4])),
            answer.Sentence);
        Assert.That(steps.Select(s => _lab.Commits.ToList().IndexOf(s.Commit)), Is.EqualTo(new[] { 0, 4, 2, 3, 3, 4 }),
            "no step twice, but for the confirmation");
        Assert.That(Path.Combine(_lab.Work, "harness-bisect-test"), Does.Not.Exist);
    }

    [Test]
    public async Task What_was_measured_is_found_again_by_tree_in_another_bisection()
    {
        await _lab.WithAsync(Accepts, Accepts, Refuses);
        await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2]);
        Directory.Delete(_lab.Results, recursive: true);
        _lab.Results = _lab.Lab.Runs["elsewhere"];
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[2]);
        Assert.That(answer.Result, Is.EqualTo(BisectResult.Found));
        Assert.That(steps.Where(s => s.Kind != CommitStepKind.Confirmation).Select(s => (s.Remembered, s.BuildSeconds)),
            Has.All.EqualTo((true, 0.0)));
        Assert.That(steps.Where(s => s.Kind == CommitStepKind.Confirmation).Select(s => s.Remembered), Has.All.False,
            "a confirmation is measured anew");
        foreach (var step in steps)
        {
            string?[] evidence = [step.BuildLog, step.Config, step.Console, step.Ktap];
            Assert.That(evidence, Has.None.Null.And.None.Contains(".."), $"step {step.Step}");
            Assert.That(evidence.Select(path => Path.Combine(_lab.Results, path!)), Has.All.Exist,
                "it is whole by itself");
        }
        Assert.That(CommitReport.Write(Document(answer, steps)), Does.Contain("[config](builds/step-1-"));
    }

    [Test]
    public async Task What_a_program_found_among_this_machines_files_is_not_remembered()
    {
        _lab.Hosted = true;
        await _lab.WithAsync(Accepts, Refuses);
        await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        _lab.Results = _lab.Lab.Runs["elsewhere"];
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(answer.Result, Is.EqualTo(BisectResult.Found), answer.Sentence);
        Assert.That(steps.Select(s => s.Remembered), Has.All.False);
    }

    [Test]
    public async Task A_verdict_of_which_the_evidence_is_gone_is_measured_again()
    {
        await _lab.WithAsync(Accepts, Refuses);
        await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Directory.Delete(_lab.Lab.Runs["cache", "evidence"], recursive: true);
        _lab.Results = _lab.Lab.Runs["elsewhere"];
        var (_, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(steps.Select(s => s.Remembered), Has.All.False);
    }

    [Test]
    public async Task Boots_of_one_kernel_that_disagree_tell_nothing()
    {
        const string Fickle = "header 1; if [ -e \"$here/once\" ]; then a; else touch \"$here/once\"; line 'not ok 1 "
            + "raw.a # want=accept outcome=reject step=update errno=EINVAL'; fi; end 1";
        await _lab.WithAsync(Fickle, Refuses);
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1], repeat: 2);
        Assert.That(answer.Result, Is.EqualTo(BisectResult.EndUntestable));
        Assert.That(answer.Sentence,
            Does.Contain("boots of the same kernel disagree: reject at update with EINVAL, then accept"));

        _lab.Results += "-again";
        var (_, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(steps.First(s => s.Commit == _lab.Commits[0]).Remembered, Is.False,
            "what was contradicted is no answer to remember");
    }

    [Test]
    public async Task A_full_disk_ends_it_and_is_no_verdict_on_the_commit()
    {
        await _lab.WithAsync(Accepts);
        await _lab.CommitAsync(Accepts,
            "tinyconfig olddefconfig:\n\t@touch $(O)/.config\nvmlinux:\n\t@echo 'cc1: fatal error: error writing to "
                + "x.s: No space left on device' >&2; false\n");
        Assert.That(async () => await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]),
            Throws.TypeOf<BisectionAbortedException>().With.Message.Contains("No space left on device"));
        Assert.That(File.ReadAllLines(Path.Combine(_lab.Results, CommitJournal.Name)), Has.Length.EqualTo(2),
            "the question and the good end");
    }

    [Test]
    public async Task What_cannot_be_bisected_is_said_before_anything_is_built()
    {
        await _lab.WithAsync(Accepts);
        var git = await GitRepository.OpenAsync("--git", _lab.Repository, CancellationToken.None);
        var commit = await git.CommitAsync("--good", "HEAD", CancellationToken.None);
        Assert.That(() => git.CommitAsync("--bad", "v9.99", CancellationToken.None),
            Throws.TypeOf<GitException>().With.Message.StartsWith("--bad: 'v9.99' is no revision"));
        Assert.That(() => GitRepository.OpenAsync("--git", _lab.Lab.Runs["nowhere"], CancellationToken.None),
            Throws.TypeOf<GitException>().With.Message.Contains("no such directory"));
        Assert.That(() => GitRepository.OpenAsync("--git", "/", CancellationToken.None),
            Throws.TypeOf<GitException>().With.Message.Contains("no git repository"));

        var settings = new BuildSettings("x86_64", null, [], 1);
        Assert.That(BuildTools.Problem(settings, ["make", "no-such-compiler"]),
            Does.Contain("no-such-compiler must be installed"));
        await _lab.GitAsync("rm", "--quiet", "Kconfig");
        await _lab.GitAsync("commit", "--quiet", "--message", "no kernel");
        var other = await git.CommitAsync("--bad", "HEAD", CancellationToken.None);
        Assert.That(await KernelBuilder.ProblemOfAsync(git, other, CancellationToken.None),
            Does.Contain("is no kernel tree").And.EndWith("has no Kconfig"));
        Assert.That(await KernelBuilder.ProblemOfAsync(git, commit, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Another_question_in_the_same_directory_is_refused()
    {
        await _lab.WithAsync(Accepts, Refuses);
        await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        Assert.That(() => _lab.BisectAsync(_lab.Commits[1], _lab.Commits[0]),
            Throws.TypeOf<BisectionException>().With.Message.Contains("something else"));
    }

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd();
    }

    private static CommitDocument Document(CommitAnswer answer, IReadOnlyList<CommitStep> steps) => new(1, "commits",
        new CommitBisectInfo("bisect-1", Samples.Run().StartedAt, Samples.Run().FinishedAt, "1.0.0",
            new(Samples.Sha256, 1), "tcg", "quiet", "raw.a",
            new NamedCommit(new string('a', 40), "old"), new NamedCommit(new string('b', 40), "new"), false,
            ["kernel/bpf"], Samples.Sha256, 1), answer, steps);
}
