using Harness.Bisection;
using Harness.Bisection.Commits;

namespace Harness.Tests.Bisection;

/// <summary>
/// What <c>make test-bisect</c> proves with real kernels, in seconds: culprits of three kinds and a fix that is no
/// literal revert, in a history with an octopus and a criss-cross merge. The "kernel" is linked of a function, a
/// function that it calls in another file, and a header, each with an object of its own, so that builds are
/// incremental.
/// </summary>
public sealed class PlantedCulpritTests
{
    private const string Makefile = """
        tinyconfig:
        	echo tiny >$(O)/.config
        olddefconfig:
        	@true
        vmlinux: $(O)/vmlinux
        $(O)/vmlinux: $(O)/callee.o $(O)/map.o
        	cat $^ >$@
        $(O)/callee.o: lib/callee.c include/bpf.h
        	cat include/bpf.h lib/callee.c >$@
        $(O)/map.o: kernel/bpf/map.c include/bpf.h
        	cp kernel/bpf/map.c $@

        """;

    private const string Header = "limit=1\n";
    private const string Callee = "callee() { test $limit -ge 1; }\n";
    private const string Function = $"if callee; then {BisectLab.Accepts}; else {BisectLab.Refuses}; fi\n";

    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [TestCase("kernel/bpf/map.c", "if ! callee; then " + BisectLab.Accepts + "; else " + BisectLab.Refuses + "; fi\n")]
    [TestCase("lib/callee.c", "callee() { test $limit -ge 2; }\n")]
    [TestCase("include/bpf.h", "limit=0\n")]
    public async Task What_a_branch_of_an_octopus_merge_brought_is_found(string file, string text)
    {
        await HistoryAsync(file, text);
        var (answer, _) = await _lab.BisectAsync(_named["base"], _named["octopus"]);
        Assert.That((answer.Result, answer.Culprit?.Commit),
            Is.EqualTo((BisectResult.Found, _named["culprit"])), answer.Sentence);
        Assert.That(answer.Culprit!.Diffstat, Does.Contain(file));
    }

    [Test]
    public async Task What_mended_it_elsewhere_is_found_behind_a_criss_cross_merge()
    {
        await HistoryAsync("include/bpf.h", "limit=0\n");
        var (answer, _) = await _lab.BisectAsync("main", _named["octopus"], conclude: true);
        Assert.That((answer.Result, answer.Culprit?.Commit, _lab.Mail?.Effect),
            Is.EqualTo((BisectResult.Found, _named["fix"], (CommitEffect?)CommitEffect.Fix)), answer.Sentence);
        Assert.That(answer.Revert!.Outcome, Is.EqualTo(RevertOutcome.AsBefore), answer.Sentence);
    }

    /// <summary>
    /// Three branches, of which the first has the culprit, are merged at once; then two branches are merged into each
    /// other, one of which has a fix in another file than the culprit's, and both are merged.
    /// </summary>
    private async Task HistoryAsync(string file, string text)
    {
        await _lab.GitAsync("init", "--quiet", "--initial-branch=main");
        foreach (var directory in new[] { "lib", "include" })
        {
            Directory.CreateDirectory(Path.Combine(_lab.Repository, directory));
        }
        _lab.Write("Makefile", Makefile);
        _lab.Write("Kconfig", "mainmenu \"fake\"\n");
        _lab.Write("include/bpf.h", Header);
        _lab.Write("lib/callee.c", Callee);
        await CommitAsync("base", "kernel/bpf/map.c", Function);

        await BranchAsync("one", "base");
        await CommitAsync("harmless", "one", "");
        await CommitAsync("culprit", file, text);
        await CommitAsync("later", "one", "later\n");
        await BranchAsync("two", "base");
        await CommitAsync("on two", "two", "");
        await BranchAsync("three", "base");
        await CommitAsync("on three", "three", "");
        await _lab.GitAsync("checkout", "--quiet", "main");
        await CommitAsync("on main", "four", "");
        await MergeAsync("octopus", "one", "two", "three");
        Assert.That((await _lab.GitAsync("rev-list", "--parents", "--max-count=1", "HEAD")).Split(' '),
            Has.Length.EqualTo(5), "a commit and four parents");

        await BranchAsync("left", "octopus");
        await CommitAsync("left 1", "left", "");
        await BranchAsync("right", "octopus");
        await CommitAsync("right 1", "right", "");
        await MergeAsync("left into right", _named["left 1"]);
        await CommitAsync("right 2", "right", "2\n");
        await _lab.GitAsync("checkout", "--quiet", "left");
        await MergeAsync("right into left", _named["right 1"]);
        Assert.That((await _lab.GitAsync("merge-base", "--all", "left", "right")).Split('\n'),
            Has.Length.EqualTo(2), "they crossed");
        await CommitAsync("fix", "lib/callee.c", "callee() { test $limit -ge 0; }\n");
        await CommitAsync("left 2", "left", "2\n");
        await _lab.GitAsync("checkout", "--quiet", "main");
        await MergeAsync("crossed", "left", "right");
    }

    private Task<string> BranchAsync(string name, string from) =>
        _lab.GitAsync("checkout", "--quiet", "-b", name, _named[from]);

    private async Task MergeAsync(string name, params string[] others)
    {
        await _lab.GitAsync(["merge", "--quiet", "--no-ff", "--message", name, .. others]);
        _named[name] = await _lab.GitAsync("rev-parse", "HEAD");
    }

    private async Task CommitAsync(string name, string file, string text)
    {
        _lab.Write(file, text);
        await _lab.AddAsync(name);
        _named[name] = await _lab.GitAsync("rev-parse", "HEAD");
    }
}
