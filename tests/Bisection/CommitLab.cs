using System.Globalization;
using CliWrap;
using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Kernels.Git;
using Harness.Probes;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

/// <summary>
/// A throw-away repository whose "kernel" is a piece of shell: git, make, the engine and the search are real, only what
/// is compiled and what is booted is not.
/// </summary>
internal sealed class CommitLab : IDisposable
{
    /// <summary>
    /// A Makefile with the targets that a kernel build uses; its vmlinux is a script for the fake launcher.
    /// </summary>
    public const string Makefile =
        "tinyconfig:\n\techo tiny >$(O)/.config\nolddefconfig:\n\t@true\nvmlinux:\n\tcp guest $(O)/vmlinux\n";

    public const string Broken = "tinyconfig olddefconfig:\n\ttouch $(O)/.config\nvmlinux:\n\t@echo "
        + "'$(CURDIR)/kernel/bpf/map.c:1:1: error: expected declaration' >&2; false\n";

    /// <summary>When every commit was written; each is committed at the time of the test.</summary>
    public const string AuthoredAt = "2021-10-02T08:00:00+02:00";

    private readonly List<string> _commits = [];

    /// <param name="name">Of the repository's directory.</param>
    public CommitLab(string name = "linux")
    {
        Repository = Lab.Runs[name];
        Results = Lab.Runs["results"];
        Directory.CreateDirectory(Path.Combine(Repository, "kernel", "bpf"));
    }

    public BisectLab Lab { get; } = new();

    public string Repository { get; }

    /// <summary>The bisection's directory.</summary>
    public string Results { get; set; }

    /// <summary>When the next commits are committed; <c>null</c> for the time of the test.</summary>
    public DateTimeOffset? CommittedAt { get; set; }

    /// <summary>The mail of the last bisection that was asked to conclude.</summary>
    public CulpritMail? Mail { get; private set; }

    /// <summary>What the options of probes were given.</summary>
    public ProbeOptionValues Given { get; set; } = ProbeOptionValues.None;

    /// <summary>The compilers of which the first that builds a commit is taken.</summary>
    public IReadOnlyList<Compiler> Compilers { get; set; } = [];

    /// <summary>How many commits are built ahead.</summary>
    public int Speculate { get; set; }

    /// <summary>How many bytes are free; <c>null</c> asks the file system.</summary>
    public Func<string, long>? Free { get; set; }

    /// <summary>The user interrupts what follows a culprit.</summary>
    public bool InterruptsConclusion { get; set; }

    /// <summary>The program that is asked is offered this machine's files.</summary>
    public bool Hosted { get; set; }

    public string Work => Lab.Runs["cache", "bisect"];

    /// <summary>Ids, the oldest first.</summary>
    public IReadOnlyList<string> Commits => _commits;

    /// <summary>Whole histories, a commit for each guest; <c>null</c> does not build.</summary>
    public async Task<CommitLab> WithAsync(params IReadOnlyList<string?> guests)
    {
        for (var i = 0; i < guests.Count; i++)
        {
            await CommitAsync(_commits.Count + i, guests[i], guests[i] is null ? Broken : Makefile);
        }
        await RememberAsync(guests.Count);
        return this;
    }

    /// <returns>The commit's id.</returns>
    public async Task<string> CommitAsync(string guest, string? makefile = null)
    {
        await CommitAsync(_commits.Count, guest, makefile ?? Makefile);
        await RememberAsync(1);
        return _commits[^1];
    }

    private async Task CommitAsync(int number, string? guest, string makefile)
    {
        if (number == 0)
        {
            await GitAsync("init", "--quiet", "--initial-branch=main");
        }
        Write("Kconfig", "mainmenu \"fake\"\n");
        Write("Makefile", makefile);
        Write("guest", (guest ?? "") + "\n");
        Write("kernel/bpf/map.c", string.Create(CultureInfo.InvariantCulture, $"/* {number} */\n"));
        await AddAsync(FormattableString.Invariant($"bpf: change {number}"));
    }

    /// <summary>Commits all files as they are.</summary>
    public async Task AddAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", message);
    }

    /// <summary>Asks git for the ids of the last commits, once for all of them.</summary>
    private async Task RememberAsync(int count)
    {
        var ids = await GitAsync("rev-list", "--reverse", FormattableString.Invariant($"--max-count={count}"), "HEAD");
        _commits.AddRange(ids.Split('\n'));
    }

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Repository, file), text);

    public async Task<string> GitAsync(params string[] arguments) =>
        (await new Command("git").WithArguments(["-C", Repository, .. arguments])
        .WithEnvironmentVariable("GIT_CONFIG_GLOBAL", "/dev/null")
        .WithEnvironmentVariable("GIT_CONFIG_SYSTEM", "/dev/null")
        // Otherwise each commit starts two more processes, to see whether there is something to tidy up.
        .WithEnvironmentVariable("GIT_CONFIG_COUNT", "1")
        .WithEnvironmentVariable("GIT_CONFIG_KEY_0", "maintenance.auto")
        .WithEnvironmentVariable("GIT_CONFIG_VALUE_0", "false")
        .WithEnvironmentVariable("GIT_AUTHOR_NAME", "A U Thor")
        .WithEnvironmentVariable("GIT_AUTHOR_EMAIL", "author@example.org")
        .WithEnvironmentVariable("GIT_AUTHOR_DATE", AuthoredAt)
        .WithEnvironmentVariable("GIT_COMMITTER_DATE", CommittedAt?.ToString("O", CultureInfo.InvariantCulture))
        .WithEnvironmentVariable("GIT_COMMITTER_NAME", "C O Mitter")
        .WithEnvironmentVariable("GIT_COMMITTER_EMAIL", "committer@example.org")
        .RunAsync(CancellationToken.None)).StandardOutput.TrimEnd('\n');

    /// <summary>All of the repository that is the user's.</summary>
    public async Task<string> StateAsync() =>
        string.Join('\n', await GitAsync("status", "--porcelain=v2", "--branch"), await GitAsync("for-each-ref"),
        await GitAsync("symbolic-ref", "HEAD"), await GitAsync("worktree", "list"), await GitAsync("stash", "list"),
        await GitAsync("diff"));

    public async Task<(CommitAnswer Answer, IReadOnlyList<CommitStep> Steps)> BisectAsync(
        string good, string bad, IReadOnlyList<string>? paths = null, bool firstParent = false, int repeat = 1,
        bool retry = false, double deadline = 30, KernelOptions? options = null,
        IReadOnlyList<string>? furtherGood = null, IReadOnlyList<string>? skip = null,
        IReadOnlyList<TreePatch>? patches = null, string? beforeBuild = null, bool conclude = false,
        CancellationToken cancellation = default)
    {
        var git = await GitRepository.OpenAsync("--git", Repository, cancellation);
        var asked = new BisectOptions
        {
            Case = "raw.a",
            Good = good,
            Bad = bad,
            FurtherGood = furtherGood ?? [],
            Skip = skip ?? [],
        };
        var settings = new BuildSettings("x86_64", null, [], 1)
        {
            ProbeOptions = options ?? KernelOptions.None,
            BeforeBuild = beforeBuild,
        };
        var request = new CommitRequest(Repository, firstParent, paths ?? [], settings, repeat)
        {
            Patches = await TreePatches.ResolveAsync(git, patches ?? [], cancellation),
        };
        var question = await CommitArguments.QuestionAsync(asked, request, git, cancellation);
        question = question with { Typed = (good, bad) };
        var objects = new OwnObjects(git, Lab.Runs["cache", "objects"]);
        var workshops = new List<CompilerWorkshop>();
        foreach (var compiler in Compilers.Cast<Compiler?>().DefaultIfEmpty())
        {
            var own = settings with { Compiler = compiler };
            var identity = await BuildTools.IdentityAsync(own, cancellation);
            workshops.Add(new CompilerWorkshop(
                compiler, new KernelWorkshop(objects.Reader, own, identity, Lab.Runs["cache"], ["make"], Free),
                identity));
        }
        var worktree = new BisectWorktree(git, Path.Combine(Work, "harness-bisect-test"));
        var vm = Lab.Runs.Launcher.Machine;
        IReadOnlyList<ProbeCase> cases = [RunLab.Cases[0]];
        var plan = Lab.Runs.Plan();
        plan = plan with
        {
            Programs =
            [
                .. RunLab.Asking(plan, cases).Select(task => task with
                {
                    Program = task.Program with { SeesHost = Hosted },
                }),
            ],
            CaseGlobs = [new Glob("raw.a")],
            Directory = Results,
            Timeout = TimeSpan.FromSeconds(deadline),
        };
        var kernels =
            new KernelMeasurer(plan, vm, Lab.Runs.Chooser(vm), Lab.Runs.Environment, TimeProvider.System, _ => { })
            {
                Alike = true,
            };
        await using var ahead = Speculate == 0
            ? null
            : new BuildsAhead(
                CompilerWorkshop.Beside(workshops, Speculate), Path.Combine(Work, "ahead"), Lab.Events.Add,
                cancellation);
        var measurer = new CommitMeasurer(objects.Reader, workshops, kernels, Lab.Runs["cache"], "raw.a",
            Samples.Sha256, repeat, Results, Path.Combine(Work, "vmlinux"), Lab.Events.Add)
        {
            Patches = new TreePatches(objects, request.Patches, Results, Path.Combine(Work, "patches")),
            Ahead = ahead,
        };
        var journal = CommitJournal.Open(Results, $"{good} {bad}");
        var bisection = new CommitBisection(
            question, git, worktree, measurer, journal, Results, Lab.Events.Add, retry);
        var answer = await bisection.RunAsync(cancellation);
        if (conclude)
        {
            var mails = new CulpritMailMaker(
                git, workshops, request, plan.Programs[0], Given, Results, Lab.Runs["maintainers"]);
            var revert = new CulpritRevert(git, objects, measurer, journal);
            var conclusion = new CulpritConclusion(
                git, new CulpritDoubts(git, settings.Machine), revert, mails, journal);
            (answer, Mail) = await conclusion.OfAsync(
                question, bisection.Good, bisection.Bad, answer, () => "quiet",
                InterruptsConclusion ? new CancellationToken(canceled: true) : cancellation);
        }
        return (answer, journal.Steps);
    }

    public void Dispose() => Lab.Dispose();
}
