using System.Diagnostics;
using System.Globalization;
using System.Text;
using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;

namespace Harness.Tests.Bisection;

/// <summary>What confirms a culprit beyond its own kernel, or casts doubt on it; and what gets past breakage.</summary>
public sealed class CulpritProofTests
{
    private const string Accepts = BisectLab.Accepts;
    private const string Refuses = BisectLab.Refuses;

    /// <summary>The kernel is made of two files, so that one can be reverted without the other.</summary>
    private const string TwoFiles =
        "tinyconfig:\n\techo tiny >$(O)/.config\nolddefconfig:\n\t@true\nvmlinux:\n\tcat start guest >$(O)/vmlinux\n";

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [Test]
    public async Task A_culprit_reverted_on_the_bad_end_answers_as_before_it()
    {
        await _lab.WithAsync(Accepts, Refuses);
        _lab.Write("later", "and another file\n");
        await _lab.AddAsync("a later change");
        var before = await _lab.StateAsync();
        var objects = await _lab.GitAsync("count-objects", "-v");
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That((answer.Culprit?.Commit, answer.Revert?.Outcome),
            Is.EqualTo((_lab.Commits[1], RevertOutcome.AsBefore)), answer.Sentence);
        Assert.That(answer.Sentence, Does.EndWith("the verdict is accept, as before the commit"));
        Assert.That(_lab.Mail!.Text, Does.Contain("the verdict is accept, as before the commit."));
        var step = steps.Single(s => s.Kind == CommitStepKind.Revert);
        Assert.That((step.Subject, step.Step), Is.EqualTo(("Revert \"bpf: change 1\"", answer.Revert!.Step)));
        Assert.That(await _lab.StateAsync(), Is.EqualTo(before));
        Assert.That(await _lab.GitAsync("count-objects", "-v"), Is.EqualTo(objects), "nothing is added to it");
        var again = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That(again.Steps, Has.Count.EqualTo(steps.Count), "asked again, nothing is built or booted");
        Assert.That(again.Answer.Revert!.Outcome, Is.EqualTo(RevertOutcome.AsBefore));
    }

    [Test]
    public async Task Where_something_else_has_a_part_in_it_the_revert_says_so()
    {
        _lab.Write("start", "\n");
        await _lab.CommitAsync(Accepts, TwoFiles);
        await _lab.CommitAsync(Refuses, TwoFiles);
        _lab.Write("start", $"{Refuses}; exit\n");
        await _lab.AddAsync("it refuses of itself");
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That((answer.Culprit?.Commit, answer.Revert?.Outcome),
            Is.EqualTo((_lab.Commits[1], RevertOutcome.Differs)), answer.Sentence);
        Assert.That(answer.Sentence, Does.Contain("something else has a part in it"));
    }

    [TestCase(".git/info/attributes")]
    [TestCase(".gitattributes")]
    public async Task A_revert_that_conflicts_is_told_with_the_files(string attributes)
    {
        await _lab.WithAsync(Accepts, Refuses, Refuses);
        Directory.CreateDirectory(Path.Combine(_lab.Repository, ".git", "info"));
        _lab.Write(attributes, "* merge=union\n"); // The user's, by which nothing conflicts.
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That(answer.Revert?.Outcome, Is.EqualTo(RevertOutcome.Conflict), answer.Sentence);
        Assert.That(answer.Revert!.Files, Is.EqualTo(new[] { "kernel/bpf/map.c" }));
        Assert.That(answer.Sentence, Does.EndWith("conflicts in kernel/bpf/map.c"));
        Assert.That(answer.Result, Is.EqualTo(BisectResult.Found));
        Assert.That(steps.Select(s => s.Kind), Does.Not.Contain(CommitStepKind.Revert));
    }

    [Test]
    public async Task A_revert_that_does_not_build_is_told_with_the_reason()
    {
        await _lab.WithAsync(Accepts, Refuses);
        _lab.Write("Makefile", CommitLab.Makefile.Replace(
            "\tcp ", "\t@! grep -q 'header 1; a' guest || { echo 'map.c:1: error: it needs the change'; false; }\n"
                + "\tcp ", StringComparison.Ordinal));
        await _lab.AddAsync("builds on the change");
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That(answer.Revert?.Outcome, Is.EqualTo(RevertOutcome.Untestable), answer.Sentence);
        Assert.That(answer.Revert!.Problem, Is.EqualTo("does not build: map.c:1: error: it needs the change"));
    }

    [Test]
    public async Task A_reverted_kernel_that_skips_the_case_tells_nothing()
    {
        await _lab.WithAsync(Accepts, Refuses);
        _lab.Write("lacking", BisectLab.Lacks + "\n");
        _lab.Write("Makefile", CommitLab.Makefile.Replace(
            "\tcp guest ", "\tgrep -q outcome=reject guest || cp lacking guest; cp guest ", StringComparison.Ordinal));
        await _lab.AddAsync("without the change it has not what the case needs");
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], "HEAD", conclude: true);
        Assert.That((answer.Culprit?.Commit, answer.Revert?.Outcome, answer.Revert?.Problem), Is.EqualTo(
            (_lab.Commits[1], RevertOutcome.Untestable, "the kernel skips the case (no such type)")), answer.Sentence);
        Assert.That(answer.Sentence, Does.EndWith("nothing is known: the kernel skips the case (no such type)"));
    }

    [TestCase("Documentation/bpf.txt", "new\n", "the commit changes nothing but documentation")]
    [TestCase("tools/testing/selftests/own.c", "new\n", "the commit changes nothing but tests and samples")]
    [TestCase("samples/bpf/own.c", "new\n", "the commit changes nothing but tests and samples")]
    [TestCase("arch/arm64/bpf.c", "new\n", "the commit changes nothing but another architecture (arch/arm64)")]
    [TestCase("kernel/bpf/own.c", "int a; /* new */\n", "the commit changes nothing but comments")]
    [TestCase("kernel/bpf/own.c", "int b;\n", null)]
    [TestCase("arch/x86/own.c", "int b;\n", null)]
    [TestCase("scripts/own.py", "# new\n", null)]
    public async Task A_culprit_that_changes_nothing_of_the_kernel_is_doubted(string file, string text, string? doubt)
    {
        await _lab.CommitAsync(Accepts);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_lab.Repository, file))!);
        _lab.Write(file, "int a; /* old */\n");
        await _lab.AddAsync("as it was");
        _lab.Write(file, text);
        await _lab.AddAsync("the culprit");
        var git = await GitRepository.OpenAsync("--git", _lab.Repository, CancellationToken.None);
        var culprit = await git.CommitAsync("--bad", "HEAD", CancellationToken.None);
        CommitStep Built(string commit, string image) => new(
            1, CommitStepKind.Confirmation, commit, "", null, null, false, 0, 0, null, null, null)
        { Image = image };
        var doubts = new CulpritDoubts(git, new BuildSettings("x86_64", null, [], 1).Machine);
        Assert.That(
            await doubts.OfAsync(culprit, [Built(culprit.Parents[0], "1"), Built(culprit.Id, "2")], default),
            Is.EqualTo(doubt is null ? [] : new[] { doubt }));
        Assert.That(
            await doubts.OfAsync(culprit, [Built(culprit.Parents[0], "1"), Built(culprit.Id, "1")], default),
            Has.Member("the kernel of the commit is the same, byte for byte, as its parent's"));
    }

    [TestCase("int a; // x\n", "int a;\n", true)]
    [TestCase("int  a;\n\n\n/* x\n * y */\n", "int a;\n", true)]
    [TestCase("char *a = \"/* x */\";\n", "char *a = \"\";\n", false)]
    [TestCase("char a = '\"'; // x\n", "char a = '\"';\n", true)]
    [TestCase("int/**/a;\n", "inta;\n", false)]
    [TestCase("#define A\nint a;\n", "#define A int a;\n", false)]
    [TestCase("int a; /* without an end", "int a;", true)]
    public void Comments_and_blanks_are_no_part_of_the_source(string one, string other, bool same) =>
        Assert.That(SourceComments.Without("a.c", one) == SourceComments.Without("a.c", other), Is.EqualTo(same));

    [Test]
    public async Task A_patch_mends_the_trees_to_which_it_applies()
    {
        await BrokenHistoryAsync();
        var patch = await PatchAsync(_lab.Commits[2], _lab.Commits[3], "Makefile");
        var (unmended, _) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[3]);
        Assert.That(unmended.Result, Is.EqualTo(BisectResult.Range), unmended.Sentence);
        _lab.Results = _lab.Lab.Runs["mended"];
        var (answer, steps) = await _lab.BisectAsync(
            _lab.Commits[0], _lab.Commits[3], patches: [patch], conclude: true);
        Assert.That((answer.Result, answer.Culprit?.Commit), Is.EqualTo((BisectResult.Found, _lab.Commits[2])),
            answer.Sentence);
        Assert.That(steps.ToLookup(s => s.Commit, s => string.Join(' ', s.Patches))[_lab.Commits[2]],
            Has.All.EqualTo("patches/1-mend.patch"));
        Assert.That(steps.First(s => s.Commit == _lab.Commits[0]).Patches, Is.Empty);
        Assert.That(answer.Doubts, Has.None.Contains("patch"));
        Assert.That(_lab.Mail!.Text, Does.Contain("\nThe commit was built with the patches patches/1-mend.patch\n"));
        Assert.That(_lab.Mail.Reproduce, Has.Member("patch -s -p1 -d reproduce/tree <patches/1-mend.patch"));
        Assert.That(File.ReadAllBytes(Path.Combine(_lab.Results, "patches", "1-mend.patch")),
            Is.EqualTo(patch.Content.ToArray()));
    }

    [Test]
    public async Task Where_only_a_patch_applied_no_longer_the_culprit_is_doubted()
    {
        await _lab.WithAsync(Refuses, Accepts);
        var patch = await PatchAsync(_lab.Commits[0], _lab.Commits[1], ".");
        await _lab.GitAsync("reset", "--quiet", "--hard", _lab.Commits[0]);
        await _lab.CommitAsync(Refuses);
        _lab.Write("later", "and another file\n");
        await _lab.AddAsync("a later change");
        var (answer, _) = await _lab.BisectAsync(
            _lab.Commits[0], "HEAD", patches: [patch], beforeBuild: "echo '# prepared' >>guest", conclude: true);
        var end = (await _lab.GitAsync("rev-parse", "HEAD"))[..12];
        const string Name = "patches/1-mend.patch";
        Assert.That((answer.Culprit?.Commit, answer.Revert?.Outcome),
            Is.EqualTo((_lab.Commits[2], RevertOutcome.AsBefore)), answer.Sentence);
        Assert.That(answer.Doubts.TakeLast(2), Is.EqualTo(new[]
        {
            $"the commit's parent was built with {Name}, and the commit without: the patch may be what changed the"
                + " verdict",
            $"the commit's revert on {end} was built with {Name}, and {end} without: the patch may be what changed the"
                + " verdict",
        }));
        Assert.That(_lab.Mail!.Text, Does.Contain($"Doubtful: {answer.Doubts[^1]}.\n")
            .And.Contain("\nBefore each build, this was run in the tree: echo '# prepared' >>guest\n")
            .And.Not.Contain("built with the patches"));
    }

    [Test]
    public async Task What_a_killed_bisection_left_of_its_patches_stops_no_other()
    {
        await _lab.WithAsync(Accepts, Refuses);
        var git = await GitRepository.OpenAsync("--git", _lab.Repository, CancellationToken.None);
        var patch = await PatchAsync(_lab.Commits[0], _lab.Commits[1], "guest");
        var (scratch, copy) = (_lab.Lab.Runs["scratch"], Path.Combine(_lab.Results, "patches", "1-mend.patch"));
        Directory.CreateDirectory(scratch);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.WriteAllText(Path.Combine(scratch, "patched.index.lock"), "");
        File.WriteAllText(copy, "diff --g");
        var patched = await new TreePatches(
            new OwnObjects(git, _lab.Lab.Runs["objects"]), [patch], _lab.Results, scratch)
            .ApplyAsync(await git.CommitAsync("--good", _lab.Commits[0], default), default);
        Assert.That((patched.Applied, patched.Problem),
            Is.EqualTo((new[] { "patches/1-mend.patch" }, (string?)null)));
        Assert.That(File.ReadAllBytes(copy), Is.EqualTo(patch.Content.ToArray()));
    }

    [TestCase("")]
    [TestCase("\0\u0001 no text")]
    [TestCase("diff --git map.c map.c\nnew file mode 100644\nindex 0000000..e69de29\n")]
    public async Task What_git_cannot_read_as_a_patch_is_refused(string text)
    {
        await _lab.CommitAsync(Accepts);
        var git = await GitRepository.OpenAsync("--git", _lab.Repository, CancellationToken.None);
        var patch = new TreePatch("mend.patch", Encoding.UTF8.GetBytes(text));
        var refused = (await Assert.ThrowsAsync<GitException>(
            () => TreePatches.ResolveAsync(git, [patch], default)))!;
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCodes.Usage));
        Assert.That(refused.Message, Does.StartWith("--apply: mend.patch is no patch that git can apply: ")
            .And.Not.Contain("exited with"));
    }

    [Test]
    public async Task A_patch_that_applied_to_no_commit_is_named_at_the_end()
    {
        await _lab.WithAsync(Accepts, Refuses);
        var wrong = await PatchAsync(_lab.Commits[0], _lab.Commits[1], "kernel/bpf/map.c") with { Name = "used.patch" };
        var elsewhere = wrong with
        {
            Name = "wrong.patch",
            Content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(wrong.Content.Span)
                .Replace("kernel/bpf/", "bpf/", StringComparison.Ordinal)),
        };
        await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1], patches: [wrong, elsewhere]);
        Assert.That(_lab.Lab.Events.OfType<BisectEvent.Noted>().Select(e => e.Text),
            Is.EqualTo(new[] { "the patch wrong.patch was applied to none of the commits" }));
    }

    [Test]
    public async Task A_patch_with_a_condition_must_apply_where_it_holds_and_is_left_elsewhere()
    {
        await _lab.WithAsync(Accepts, Accepts, Refuses, Refuses);
        var patch = await PatchAsync(_lab.Commits[0], _lab.Commits[1], "kernel/bpf/map.c") with
        {
            Since = _lab.Commits[2],
            Until = _lab.Commits[3],
        };
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[3], patches: [patch]);
        Assert.That(steps.Single(s => s.Commit == _lab.Commits[2]).Problem,
            Is.EqualTo("mend.patch does not apply: patch failed: kernel/bpf/map.c:1"), answer.Sentence);
        Assert.That(steps.Where(s => s.Commit != _lab.Commits[2]).Select(s => s.Verdict), Has.None.Null);
        Assert.That(steps.SelectMany(s => s.Patches), Is.Empty, "its trees have what it needs, but for the condition");
        var wrong = await Assert.ThrowsAsync<GitException>(() => _lab.BisectAsync(
            _lab.Commits[0], _lab.Commits[3], patches: [patch with { Since = "nowhere" }]));
        Assert.That(wrong!.Message, Does.StartWith("--apply-if: 'nowhere' is no revision"));
    }

    [Test]
    public async Task A_patch_with_a_condition_mends_the_trees_for_which_it_holds()
    {
        await BrokenHistoryAsync();
        var patch = await PatchAsync(_lab.Commits[2], _lab.Commits[3], "Makefile") with
        {
            Since = _lab.Commits[1],
            Until = _lab.Commits[3],
        };
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[3], patches: [patch]);
        Assert.That((answer.Result, answer.Culprit?.Commit), Is.EqualTo((BisectResult.Found, _lab.Commits[2])),
            answer.Sentence);
        Assert.That(steps.Where(s => s.Patches.Count > 0).Select(s => s.Commit).Distinct(),
            Is.EquivalentTo(new[] { _lab.Commits[1], _lab.Commits[2] }));
        Assert.That(steps.Select(s => s.Problem), Has.All.Null, "elsewhere it would not apply");
    }

    [Test]
    public async Task A_command_before_the_build_prepares_each_tree_and_its_failure_skips_the_commit()
    {
        await _lab.WithAsync(Accepts, Accepts, Refuses, Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[3],
            beforeBuild: "case `cat kernel/bpf/map.c` in *1*) echo 'error: no such file'; exit 3; esac; "
                + "echo '# prepared' >>guest");
        Assert.That(steps.Single(s => s.Commit == _lab.Commits[1]).Problem,
            Is.EqualTo("--before-build exited with 3: error: no such file"), answer.Sentence);
        Assert.That(answer.Suspects.Select(c => c.Commit), Is.EqualTo(new[] { _lab.Commits[1], _lab.Commits[2] })
            .Or.EqualTo(new[] { _lab.Commits[2], _lab.Commits[1] }));
        // The kernel is the guest: each has the line once, so that no commit sees what was done to the one before.
        var (older, newer) = (Prepared(Accepts), Prepared(Refuses));
        Assert.That(steps.Where(s => s.Image is not null).Select(s => (s.Commit, s.Image)), Is.EquivalentTo(new[]
        {
            (_lab.Commits[0], older), (_lab.Commits[2], newer), (_lab.Commits[3], newer),
        }));

        static string Prepared(string guest) => Hashes.Sha256OfText($"{guest}\n# prepared\n");
    }

    [Test]
    public async Task What_a_command_before_the_build_leaves_running_holds_up_no_build()
    {
        await _lab.CommitAsync(Accepts);
        var started = _lab.Lab.Runs["started"];
        var settings = new BuildSettings("x86_64", null, [], 1)
        {
            BeforeBuild = $"sleep 20 >/dev/null 2>&1 & echo $! >{started}",
        };
        using var log = new MakeLog(_lab.Lab.Runs["log"], _ => { });
        await new KernelBuilder(settings, _lab.Lab.Runs["build"])
            .BuildAsync(_lab.Repository, "", log, clean: true, CancellationToken.None);
        using var sleeper = Process.GetProcessById(int.Parse(File.ReadAllText(started), CultureInfo.InvariantCulture));
        Assert.That(sleeper.ProcessName, Is.EqualTo("sleep"), "make did not wait for it");
        sleeper.Kill();
    }

    /// <summary>The second and the third of four commits do not build; the third is the culprit.</summary>
    private async Task BrokenHistoryAsync()
    {
        await _lab.CommitAsync(Accepts);
        await _lab.CommitAsync(Accepts, CommitLab.Broken);
        await _lab.CommitAsync(Refuses, CommitLab.Broken);
        await _lab.CommitAsync(Refuses);
    }

    private async Task<TreePatch> PatchAsync(string from, string to, string file) => new("mend.patch",
        Encoding.UTF8.GetBytes(await _lab.GitAsync("diff", from, to, "--", file) + "\n"));
}
