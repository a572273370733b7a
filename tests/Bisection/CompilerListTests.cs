using System.Globalization;
using Harness.Bisection;
using Harness.Kernels.Git;

namespace Harness.Tests.Bisection;

/// <summary><c>--cc</c>: compilers of which the first that builds a commit is taken.</summary>
public sealed class CompilerListTests
{
    private const string Accepts = BisectLab.Accepts;
    private const string Refuses = BisectLab.Refuses;

    private static readonly Compiler _new = new("gcc-12", "gcc-12 (Fake) 12.2");
    private static readonly Compiler _old = new("gcc-9", "gcc-9 (Fake) 9.3");

    private CommitLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new CommitLab { Compilers = [_new, _old] };

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [Test]
    public async Task The_first_that_builds_a_commit_is_taken_and_tried_first_for_those_of_its_time()
    {
        for (var i = 0; i < 8; i++)
        {
            _lab.CommittedAt = new DateTimeOffset(2021, 10, 1 + i, 8, 0, 0, TimeSpan.Zero);
            await _lab.CommitAsync(i < 2 ? Accepts : Refuses, BuiltBy(i < 4 ? _old : _new));
        }
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[7], conclude: true);
        Assert.That((answer.Result, answer.Culprit?.Commit), Is.EqualTo((BisectResult.Found, _lab.Commits[2])),
            answer.Sentence);
        Assert.That(steps.Select(s => (_lab.Commits.ToList().IndexOf(s.Commit), s.Compiler)).Take(5), Is.EqualTo(new[]
        {
            (0, "gcc-9"), (7, "gcc-12"), (3, "gcc-9"), (2, "gcc-9"), (1, "gcc-9"),
        }));
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Results, "builds"), "*.gcc-*.log").Select(Path.GetFileName),
            Is.EquivalentTo(new[]
            {
                $"step-1-{_lab.Commits[0][..12]}.gcc-12.log", $"step-2-{_lab.Commits[7][..12]}.gcc-9.log",
            }), "only the ends were tried with the other one first");
        Assert.That(answer.Doubts, Has.None.Contains("built with"), "the commit and its parent had one compiler");
        var mail = _lab.Mail!;
        Assert.That((mail.Good.Compiler, mail.Bad.Compiler), Is.EqualTo(("gcc-9", "gcc-12")));
        Assert.That(mail.Text, Does.Contain("\nCompiler: gcc-9 (Fake) 9.3 (make CC=gcc-9 HOSTCC=gcc-9)\n")
            .And.Contain(": accept (built with gcc-9)\n").And.Contain(" (built with gcc-12)\n"));
        Assert.That(mail.Reproduce, Has.Some.EndsWith("CC=gcc-9 HOSTCC=gcc-9 olddefconfig"));
    }

    [Test]
    public async Task Where_the_commit_and_its_parent_had_different_ones_that_is_a_doubt()
    {
        await _lab.CommitAsync(Accepts, BuiltBy(_old));
        await _lab.CommitAsync(Refuses, BuiltBy(_new));
        var (answer, _) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1], conclude: true);
        const string Parent = "the commit's parent was built with gcc-9, and the commit with gcc-12: the compiler may"
            + " be what changed the verdict";
        var ends = $"the end {_lab.Commits[0][..12]} was built with gcc-9, and the end {_lab.Commits[1][..12]} with"
            + " gcc-12: the compiler may be what changed the verdict";
        Assert.That(answer.Doubts, Is.EqualTo(new[] { Parent, ends }), answer.Sentence);
        Assert.That(_lab.Mail!.Text, Does.Contain($"Doubtful: {Parent}.\n"));
    }

    [Test]
    public async Task A_commit_that_none_builds_says_what_each_said_and_is_stepped_around()
    {
        await _lab.WithAsync(Accepts, Accepts, null, Refuses, Refuses, Refuses);
        var (answer, steps) = await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[5]);
        const string Said = "does not build: kernel/bpf/map.c:1:1: error: expected declaration";
        Assert.That(steps.Single(s => s.Commit == _lab.Commits[2]).Problem,
            Is.EqualTo($"gcc-12: {Said}; gcc-9: {Said}"), answer.Sentence);
        Assert.That(answer.Suspects.Select(c => c.Commit), Is.EquivalentTo(_lab.Commits.Skip(2).Take(2)));
    }

    [Test]
    public async Task What_is_remembered_counts_for_its_own_compiler_only()
    {
        await _lab.WithAsync(Accepts, Refuses);
        await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1]);
        (_lab.Compilers, _lab.Results) = ([_old], _lab.Lab.Runs["other"]);
        Assert.That((await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1])).Steps.Take(2)
            .Select(s => s.Image is not null), Is.EqualTo(new[] { true, true }), "both were built");
        (_lab.Compilers, _lab.Results) = ([_new, _old], _lab.Lab.Runs["again"]);
        Assert.That((await _lab.BisectAsync(_lab.Commits[0], _lab.Commits[1])).Steps.Take(2)
            .Select(s => (s.Image, s.Compiler)), Is.EqualTo(new[] { ((string?)null, "gcc-12"), (null, "gcc-12") }));
    }

    [Test]
    public async Task What_a_command_before_the_build_fails_at_no_compiler_does_better()
    {
        await _lab.WithAsync(Accepts, Refuses);
        var tries = _lab.Lab.Runs["tries"];
        var (_, steps) = await _lab.BisectAsync(
            _lab.Commits[0], _lab.Commits[1], beforeBuild: $"echo tried >>{tries}; exit 3");
        Assert.That(steps.Select(s => s.Problem), Has.All.StartsWith("--before-build exited with 3"));
        Assert.That(File.ReadAllLines(tries), Has.Length.EqualTo(2));
    }

    [TestCase("gcc-12", "gcc-12 (Debian) 12.2.0", null, "CC=gcc-12 HOSTCC=gcc-12")]
    [TestCase("gcc-12", "gcc-12 (Debian) 12.2.0", "ccache", "CC=ccache gcc-12 HOSTCC=gcc-12")]
    [TestCase("clang-16", "Debian clang version 16.0.6", null, "CC=clang-16")]
    [TestCase("clang-16", "Debian clang version 16.0.6", "ccache", "CC=ccache clang-16")]
    [TestCase("LLVM=1", "Debian clang version 16.0.6", null, "LLVM=1")]
    [TestCase("LLVM=-16", "Debian clang version 16.0.6", "ccache", "LLVM=-16 CC=ccache clang-16")]
    [TestCase("LLVM=/opt/llvm/bin/", "clang version 20", "ccache", "LLVM=/opt/llvm/bin/ CC=ccache /opt/llvm/bin/clang")]
    public void Make_is_told_in_its_own_words(string name, string version, string? launcher, string words) =>
        Assert.That(string.Join(' ', new Compiler(name, version).MakeArguments(launcher)), Is.EqualTo(words));

    [Test]
    public async Task They_are_found_with_what_they_say_about_themselves()
    {
        var found = await Compiler.FindAsync("--cc", ["gcc", "clang"], CancellationToken.None);
        Assert.That(found.Select(c => c.Version), Has.All.Match(@"(gcc|clang).*\d+\.\d+"));
        var other = new BuildSettings("x86_64", null, [], 1) { Compiler = found[1] };
        Assert.That(await BuildTools.IdentityAsync(other, CancellationToken.None), Is.Not.EqualTo(
            await BuildTools.IdentityAsync(other with { Compiler = found[0] }, CancellationToken.None)));
    }

    /// <summary>A Makefile that only one compiler understands.</summary>
    private static string BuiltBy(Compiler compiler) => CommitLab.Makefile.Replace("\tcp ", string.Create(
        CultureInfo.InvariantCulture,
        $"\t@case '$(CC)' in *{compiler.Name});; *) echo 'error: not with $(CC)' >&2; exit 1;; esac\n\tcp "),
        StringComparison.Ordinal);
}
