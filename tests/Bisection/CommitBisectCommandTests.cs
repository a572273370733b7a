using System.Text.Json;
using CliWrap;
using Harness.Bisection;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

/// <summary>
/// <c>bisect --git</c> as a process of its own, which may be killed. Only the compiler and the launcher are fake.
/// </summary>
public sealed class CommitBisectCommandTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab()
    {
        _lab = new CommitLab();
        foreach (var program in new[] { "flex", "bison", "bc", "qemu-system-x86_64" })
        {
            var path = _lab.Lab.Runs.Launcher.Image(program, "#!/bin/sh");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [Test]
    public async Task Killed_in_a_build_and_in_a_boot_the_same_command_goes_on()
    {
        var (building, booting) = (_lab.Lab.Runs["building"], _lab.Lab.Runs["booting"]);
        await _lab.WithAsync(Guest(0, "accept"), Guest(1, "accept"));
        await _lab.CommitAsync(Guest(2, "accept"),
            CommitLab.Makefile.Replace("\tcp ", $"\t{Wait(building)}\n\tcp ", StringComparison.Ordinal));
        await _lab.WithAsync($"{Wait(booting)}; {Guest(3, "accept")}", Guest(4, "reject step=update errno=EINVAL"));
        var before = await _lab.StateAsync();

        await KillAsync(building);
        await KillAsync(booting, meanwhile: () => File.WriteAllText(building + ".go", ""));
        File.WriteAllText(booting + ".go", "");
        var result = await Bisect().TryRunAsync(CancellationToken.None);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), result.Describe());
        using var document = JsonDocument.Parse(result.StandardOutput);
        Assert.That(document.RootElement.GetProperty("kind").GetString(), Is.EqualTo("commits"));
        Assert.That(document.RootElement.GetProperty("answer").GetProperty("culprit").GetProperty("commit").GetString(),
            Is.EqualTo(_lab.Commits[4]));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Results, "bisect.md")),
            Does.StartWith("# Found").And.Contain("change 4"));
        var booted = File.ReadAllLines(_lab.Lab.Runs["launcher", "booted"]);
        Assert.That(booted.Count(b => b == "0"), Is.EqualTo(1), "what was measured before the kill stands");
        Assert.That(booted.Count(b => b == "4"), Is.EqualTo(2), "and once more to confirm it");
        Assert.That(await _lab.StateAsync(), Is.EqualTo(before));
    }

    [TestCase(false, "another harness is at work on the bisection in ")]
    [TestCase(true, "another harness is at work on the same bisection, for another --out")]
    public async Task A_second_one_at_the_same_time_is_refused(bool elsewhere, string said)
    {
        var building = _lab.Lab.Runs["building"];
        await _lab.CommitAsync(Guest(0, "accept"),
            CommitLab.Makefile.Replace("\tcp ", $"\t{Wait(building)}\n\tcp ", StringComparison.Ordinal));
        await _lab.WithAsync(Guest(1, "accept"), Guest(2, "accept"), Guest(3, "accept"), Guest(4, "accept"));
        await using var first = RunningCommand.Start(Bisect());
        await ProcessTable.UntilAsync(() => File.Exists(building) || !ProcessTable.IsRunning(first.ProcessId),
            "it builds");
        Assert.That(File.Exists(building), "it ended before");
        _lab.Results = elsewhere ? _lab.Lab.Runs["elsewhere"] : _lab.Results;
        var second = await Bisect().TryRunAsync(CancellationToken.None);
        Assert.That(second.ExitCode, Is.EqualTo(ExitCodes.Usage), second.Describe());
        Assert.That(second.StandardError, Does.Contain(said));
        await first.KillAsync();
    }

    [Test]
    public async Task Changes_that_are_not_committed_are_told_not_to_count()
    {
        await _lab.WithAsync(Guest(0, "accept"), Guest(1, "accept"), Guest(2, "accept"), Guest(3, "accept"),
            Guest(4, "reject step=update errno=EINVAL"));
        _lab.Write("guest", "half-done work");
        var before = await _lab.StateAsync();
        var result = await Bisect().TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), result.Describe());
        Assert.That(result.StandardError, Does.Contain($"note: {_lab.Repository} has changes that are not committed"));
        Assert.That(await _lab.StateAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Git_drives_single_steps_by_their_exit_codes()
    {
        const string Refuses = "reject step=update errno=EINVAL";
        await _lab.WithAsync(Guest(0, "accept"), Guest(1, "accept"), null, Guest(3, Refuses), Guest(4, Refuses));
        var step = Harness("bisect", "--step", "--accel", "tcg", "--git", _lab.Repository, "--case", Case, "--out",
            _lab.Results);
        await _lab.GitAsync("bisect", "start", _lab.Commits[4], _lab.Commits[0]);
        var run = await step.WithTargetFile("git")
            .WithArguments(["-C", _lab.Repository, "bisect", "run", "env", .. step.ArgumentList()])
            .TryRunAsync(CancellationToken.None);
        Assert.That(run.StandardOutput, Does.Contain("There are only 'skip'ped commits left to test"), run.Describe());
        Assert.That(run.StandardOutput, Does.Contain(_lab.Commits[2]).And.Contain(_lab.Commits[3])
            .And.Contain($"{_lab.Commits[2][..12]} (\"bpf: change 2\"): tells nothing: does not build"));
        Assert.That(File.ReadAllLines(Path.Combine(_lab.Results, "steps.jsonl")), Has.Length.EqualTo(4));
    }

    [Test]
    public async Task A_bisection_without_a_checkout_is_asked_about_the_commit_that_it_is_at()
    {
        const string Refuses = "reject step=update errno=EINVAL";
        await _lab.WithAsync(Guest(0, "accept"), Guest(1, "accept"), Guest(2, Refuses), Guest(3, Refuses));
        await _lab.GitAsync("bisect", "start", "--no-checkout", _lab.Commits[3], _lab.Commits[0]);
        var asked = await _lab.GitAsync("rev-parse", "BISECT_HEAD");
        var result = await Harness(
            "bisect", "--step", "--json", "--accel", "tcg", "--git", _lab.Repository, "--case", Case, "--out",
            _lab.Results).TryRunAsync(CancellationToken.None);
        using var document = JsonDocument.Parse(result.StandardOutput);
        Assert.That(document.RootElement.GetProperty("what").GetString(), Is.EqualTo(asked), result.Describe());
        Assert.That(asked, Is.Not.EqualTo(_lab.Commits[3]), "which is HEAD");
    }

    [TestCase(Outcome.Accept, Outcome.Accept, StepJudgement.Good)]
    [TestCase(Outcome.Accept, Outcome.Reject, StepJudgement.Bad)]
    [TestCase(Outcome.Reject, Outcome.Reject, StepJudgement.Good)]
    [TestCase(Outcome.Reject, Outcome.Accept, StepJudgement.Bad)]
    [TestCase(Outcome.Accept, null, StepJudgement.Nothing)]
    public void A_step_is_judged_by_what_the_case_wants(Outcome want, Outcome? outcome, StepJudgement judged) =>
        Assert.That(JudgedStep.Of(new Verdict(outcome, null, null), want), Is.EqualTo(judged));

    [TestCase(1, "bad")]
    [TestCase(0, "good")]
    public async Task A_single_step_says_what_the_case_wants(int commit, string judged)
    {
        await _lab.WithAsync(Guest(0, "accept"), Guest(1, "reject step=update errno=EINVAL"));
        await _lab.GitAsync("checkout", "--quiet", "--detach", _lab.Commits[commit]);
        var result = await Harness(
            "bisect", "--step", "--json", "--accel", "tcg", "--git", _lab.Repository, "--case", Case, "--out",
            _lab.Results).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(commit), result.Describe());
        using var document = JsonDocument.Parse(result.StandardOutput);
        Assert.That(document.RootElement.GetProperty("judgement").GetString(), Is.EqualTo(judged));
    }

    [TestCase("accept", ExitCodes.AsExpected)]
    [TestCase("reject step=update errno=EINVAL", ExitCodes.Unexpected)]
    public async Task A_single_step_takes_an_image(string outcome, int code)
    {
        var image = _lab.Lab.Runs.Launcher.Image("mine", LooksLikeAnImage(Guest(0, outcome)));
        var result = await Harness(
            "bisect", "--step", "--accel", "tcg", "--image", image, "--case", Case, "--out", _lab.Results)
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(code), result.Describe());
    }

    [TestCase("has changes that are not committed", "--git", "REPOSITORY")]
    [TestCase("is in no git repository", "--git", "/")]
    [TestCase("--step judges the tree of --git DIR, or an --image FILE")]
    [TestCase("it has no --good", "--git", "REPOSITORY", "--good", "HEAD")]
    [TestCase("'--no-such-option' is no option of `harness bisect`", "--git", "REPOSITORY", "--no-such-option")]
    [TestCase("or paths, kernel", "--git", "REPOSITORY", "kernel")]
    [TestCase("--jobs", "--git", "REPOSITORY", "--jobs", "many")]
    [TestCase("cannot be booted for a reason on our side", "--image", "/nonexistent/bzImage")]
    public async Task What_goes_wrong_on_this_side_is_no_verdict_to_git(string said, params string[] arguments)
    {
        await _lab.WithAsync(Guest(0, "accept"));
        _lab.Write("guest", "half-done work");
        var result = await Harness(
            [
                "bisect", "--step", "--accel", "tcg", "--case", Case, "--out", _lab.Results,
                .. arguments.Select(a => a == "REPOSITORY" ? _lab.Repository : a),
            ]).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.BisectStop), result.Describe());
        Assert.That(result.StandardError, Does.Contain(said));
    }

    [TestCase("kernel", "bpf")]
    [TestCase("kernel", ":/kernel/bpf")]
    [TestCase("kernel/bpf", "../bpf/map.c", "../../kernel/nothing")]
    [TestCase(".", "kernel/bpf")]
    public async Task Paths_are_taken_from_the_directory_that_is_named(string directory, params string[] paths)
    {
        await _lab.WithAsync(Guest(0, "accept"), Guest(1, "accept"), Guest(2, "accept"), Guest(3, "accept"),
            Guest(4, "reject step=update errno=EINVAL"));
        var result = await Harness(
            [
                "bisect", "--json", "--accel", "tcg", "--git", Path.Combine(_lab.Repository, directory),
                "--good", _lab.Commits[0], "--bad", _lab.Commits[4], "--case", Case, "--out", _lab.Results, "--",
                .. paths,
            ]).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), result.Describe());
        using var document = JsonDocument.Parse(result.StandardOutput);
        Assert.That(document.RootElement.GetProperty("answer").GetProperty("culprit").GetProperty("commit").GetString(),
            Is.EqualTo(_lab.Commits[4]));
    }

    [TestCase("--bad: 'v9.99' is no revision", "--good", "HEAD", "--bad", "v9.99")]
    [TestCase("are the same commit", "--good", "HEAD", "--bad", "main")]
    [TestCase("is no kernel tree", "--good", "HEAD", "--bad", "empty")]
    [TestCase("touches kernel/bfp", "--good", "HEAD", "--bad", "HEAD~1", "--", "kernel/bfp")]
    [TestCase("is outside repository", "--good", "HEAD", "--bad", "HEAD~1", "--", "../elsewhere")]
    [TestCase("--only selects", "--good", "HEAD", "--bad", "HEAD~1", "--only", "debian-*")]
    [TestCase("--arch: ", "--good", "HEAD", "--bad", "HEAD~1", "--arch", "arm64")]
    [TestCase("--all tests the matrix's kernels", "--good", "HEAD", "--bad", "HEAD~1", "--all")]
    [TestCase("--kernel-config: ", "--good", "HEAD", "--bad", "HEAD~1", "--kernel-config", "/nonexistent/fragment")]
    [TestCase("--apply: ", "--good", "HEAD", "--bad", "HEAD~1", "--apply", "/nonexistent/patch")]
    [TestCase("is not REV:PATCH", "--good", "HEAD", "--bad", "HEAD~1", "--apply-if", "HEAD")]
    [TestCase("lacks a revision", "--good", "HEAD", "--bad", "HEAD~1", "--apply-if", "HEAD..:/dev/null")]
    [TestCase("'--firstparent' is no option of `harness bisect`; did you mean --first-parent?", "--good", "HEAD",
        "--bad", "HEAD~1", "--firstparent")]
    [TestCase("'--before-buidl' is no option of `harness bisect`; did you mean --before-build?", "--good", "HEAD",
        "--bad", "HEAD~1", "--before-buidl=true", "--", "kernel")]
    [TestCase("touches --firstparent", "--good", "HEAD", "--bad", "HEAD~1", "--", "--firstparent")]
    [TestCase("--cc: there is no program gcc-987 here", "--good", "HEAD", "--bad", "HEAD~1", "--cc", "gcc,gcc-987")]
    [TestCase("--cc: there is no program gccc here; did you mean gcc", "--good", "HEAD", "--bad", "HEAD~1", "--cc",
        "gccc")]
    [TestCase("--cc: LLVM=-987 needs clang-987, and there is no program clang-987 here", "--good", "HEAD", "--bad",
        "HEAD~1", "--cc", "LLVM=-987")]
    [TestCase("--cc: 'gcc;true' is no name of a compiler", "--good", "HEAD", "--bad", "HEAD~1", "--cc", "gcc;true")]
    [TestCase("--cc: 'gcc,,clang' lacks a name", "--good", "HEAD", "--bad", "HEAD~1", "--cc", "gcc,,clang")]
    [TestCase("--cc: --make-args LLVM=1 names a compiler, too", "--good", "HEAD", "--bad", "HEAD~1", "--cc", "gcc",
        "--make-args", "LLVM=1")]
    [TestCase("--cc: false does not say its version", "--good", "HEAD", "--bad", "HEAD~1", "--cc", "false")]
    [TestCase("--apply-if: 'v9.99' is no revision", "--good", "HEAD", "--bad", "HEAD~1", "--apply-if",
        "v9.99:/dev/null")]
    public async Task Mistakes_are_exit_code_2_and_nothing_is_built(string said, params string[] ends)
    {
        await _lab.WithAsync(BisectLab.Accepts, BisectLab.Refuses);
        await _lab.GitAsync("checkout", "--quiet", "--orphan", "empty");
        await _lab.GitAsync("rm", "-r", "--quiet", "--cached", ".");
        await _lab.GitAsync("commit", "--quiet", "--allow-empty", "--message", "nothing");
        await _lab.GitAsync("checkout", "--quiet", "--force", "main");
        var result = await Harness(["bisect", "--git", _lab.Repository, "--case", Case, "--out", _lab.Results, .. ends])
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.StartWith("harness: ").And.Contain(said));
        Assert.That(_lab.Results, Does.Not.Exist);
    }

    [Test]
    public async Task What_only_commits_have_needs_git()
    {
        var result = await Harness("bisect", "--case", Case, "--good", "5.10", "--bad", "6.1", "--first-parent", "--",
            "kernel/bpf").TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardError.Trim()),
            Is.EqualTo((ExitCodes.Usage, "harness: --first-parent, a path: only with --git DIR or --to-commit DIR")));
    }

    [Test]
    public async Task From_two_releases_that_differ_it_goes_on_to_the_commit()
    {
        await WithReleasesAsync("v6.1", "v6.1.2");
        var result = await ToCommit(_lab.Repository).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), result.Describe());
        Assert.That(result.StandardOutput, Does.Contain("changed between").And.Contain("change 3"));
        using var releases = JsonDocument.Parse(File.ReadAllText(Path.Combine(_lab.Results, "bisect.json")));
        using var commits = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(_lab.Results, "commits", "bisect.json")));
        Assert.That(releases.RootElement.GetProperty("kind").GetString(), Is.EqualTo("releases"));
        Assert.That(commits.RootElement.GetProperty("answer").GetProperty("culprit").GetProperty("commit").GetString(),
            Is.EqualTo(_lab.Commits[3]));
    }

    [Test]
    public async Task With_json_the_last_answer_is_alone_on_standard_output()
    {
        await WithReleasesAsync("v6.1", "v6.1.2");
        var result = await ToCommit(_lab.Repository, "--json").TryRunAsync(CancellationToken.None);
        using var document = JsonDocument.Parse(result.StandardOutput);
        Assert.That(document.RootElement.GetProperty("kind").GetString(), Is.EqualTo("commits"), result.Describe());
    }

    [Test]
    public async Task A_release_without_a_tag_is_named_and_what_was_found_stands()
    {
        await WithReleasesAsync("v6.1", "v6.1.1");
        var result = await ToCommit(_lab.Repository).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), result.Describe());
        Assert.That(result.StandardError, Does.Contain($"harness: --to-commit: {_lab.Repository} has no tag v6.1.2,"
            + $" the release of new. `git -C {_lab.Repository} fetch --tags REMOTE` gets them"));
        Assert.That(result.StandardOutput, Does.Contain("changed between"), "what was found is told all the same");
    }

    [Test]
    public async Task Where_commits_cannot_be_built_what_was_found_stands_and_is_the_document()
    {
        await WithReleasesAsync("v6.1", "v6.1.2");
        await _lab.GitAsync("tag", "--force", "v6.1.2", "v6.1");
        var result = await ToCommit(_lab.Repository, "--json").TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), result.Describe());
        Assert.That(result.StandardError, Does.Contain("--good and --bad are the same commit"));
        using var document = JsonDocument.Parse(result.StandardOutput);
        Assert.That(document.RootElement.GetProperty("kind").GetString(), Is.EqualTo("releases"), result.Describe());
    }

    [Test]
    public async Task A_clone_without_releases_is_refused_before_anything_boots()
    {
        await WithReleasesAsync();
        var result = await ToCommit(_lab.Repository).TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardError), Is.EqualTo((ExitCodes.Usage,
            $"harness: --to-commit: {_lab.Repository} has no tag of a release, such as v6.1; `git fetch --tags` gets"
                + " them\n")), result.Describe());
        Assert.That(_lab.Lab.Runs["launcher", "booted"], Does.Not.Exist);
    }

    /// <summary>
    /// Commits of which the third refuses, with tags at both ends, and a matrix of both ends' kernels.
    /// </summary>
    private async Task WithReleasesAsync(params string[] tags)
    {
        const string Refuses = "reject step=update errno=EINVAL";
        await _lab.WithAsync(Guest(0, "accept"), Guest(1, "accept"), Guest(2, "accept"), Guest(3, Refuses),
            Guest(4, Refuses));
        foreach (var (tag, commit) in tags.Zip([_lab.Commits[0], _lab.Commits[4]]))
        {
            await _lab.GitAsync("tag", tag, commit);
        }
        var launcher = _lab.Lab.Runs.Launcher;
        File.WriteAllText(_lab.Lab.Runs["kernels.yaml"], $"""
            kernels:
              - image: {launcher.Image("old", LooksLikeAnImage(Guest(5, "accept")))}
                version: 6.1.0
              - image: {launcher.Image("new", LooksLikeAnImage(Guest(6, Refuses)))}
                version: 6.1.2
            """);
    }

    /// <summary>With the magic number of a bzImage in a comment (Documentation/arch/x86/boot.rst).</summary>
    private static string LooksLikeAnImage(string guest) => $"{guest}\n#".PadRight(0x202) + "HdrS".PadRight(0x100);

    private Command ToCommit(string clone, params string[] more) => Harness(
    [
        "bisect", "--accel", "tcg", "--kernels", _lab.Lab.Runs["kernels.yaml"], "--good", "old", "--bad", "new",
        "--case", Case, "--to-commit", clone, "--out", _lab.Results, .. more,
    ]);

    /// <summary>
    /// Runs the command until the file is there, then kills only the harness, as the kernel does when memory is short.
    /// </summary>
    private async Task KillAsync(string sign, Action? meanwhile = null)
    {
        await using var harness = RunningCommand.Start(Bisect());
        meanwhile?.Invoke();
        await ProcessTable.UntilAsync(() => File.Exists(sign) || !ProcessTable.IsRunning(harness.ProcessId),
            "it hangs");
        Assert.That(File.Exists(sign), "it ended before");
        await new Command("sh").WithArguments(["-c", $"kill -KILL {harness.ProcessId}"])
            .RunAsync(CancellationToken.None);
        await ProcessTable.UntilAsync(() => !ProcessTable.IsRunning(harness.ProcessId), "it is gone");
    }

    /// <summary>
    /// Makes a file as a sign, and waits for the answer; at most a minute, since the test may have ended.
    /// </summary>
    private static string Wait(string sign) =>
        $"touch {sign}; for i in `seq 600`; do test -e {sign}.go && break; sleep 0.1; done";

    private static string Guest(int number, string outcome) =>
        $"echo {number} >>\"$here/booted\"; header 1; line '{(outcome == "accept" ? "ok" : "not ok")} 1 {Case} # "
            + $"want=accept outcome={outcome}'; end 1";

    private Command Bisect() =>
        Harness("bisect", "--json", "--accel", "tcg", "--git", _lab.Repository, "--good", _lab.Commits[0], "--bad",
            _lab.Commits[4], "--case", Case, "--out", _lab.Results);

    private Command Harness(params string[] arguments) =>
        _lab.Lab.Runs.Launcher.Serve(RealRun.Harness(arguments), _lab.Lab.Runs["xdg"]);
}
