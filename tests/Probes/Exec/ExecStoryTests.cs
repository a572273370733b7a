using Harness.Probes;
using Harness.Probes.Exec;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Exec;

/// <summary>What reports say of programs.</summary>
public sealed class ExecStoryTests
{
    private static readonly CaseResult _passed = Samples.Case("exec.maps");

    private static readonly CaseResult _failed = Samples.Case("exec.maps", CaseStatus.Fail) with
    {
        Step = "exit",
        Errno = null,
        Reason = "it exited with 1, not with 0; 1 of 2 tests failed: second",
    };

    [Test]
    public void A_sentence_says_where_a_program_passes_and_why_not_elsewhere() =>
        Assert.That(Sentences(Kernel("5.10.1", _failed), Kernel("6.1.1", _passed), Kernel("6.12.1", _passed)),
            Is.EqualTo(new[]
            {
                "maps: passes on 6.1.1 to 6.12.1; fails on 5.10.1: it exited with 1, not with 0; 1 of 2 tests failed: "
                    + "second.",
            }));

    [Test]
    public void What_is_skipped_or_has_no_verdict_is_told_so()
    {
        var skipped = Samples.Case("exec.maps", CaseStatus.Skip) with { Reason = "it exited with 4" };
        var error = Samples.Case("exec.maps", CaseStatus.Error) with { Reason = "/programs/maps/maps cannot be run" };
        Assert.That(Sentences(Kernel("5.10.1", skipped), Kernel("6.1.1", error)), Is.EqualTo(new[]
        {
            "maps: is skipped on 5.10.1: it exited with 4; no verdict on 6.1.1: /programs/maps/maps cannot be run.",
        }));
    }

    [Test]
    public void Tests_in_a_program_have_no_sentence_of_their_own() =>
        Assert.That(Sentences(Kernel("5.10.1", _passed, Samples.Case("exec.maps.a", CaseStatus.Fail))),
            Is.EqualTo(new[] { "maps: passes on 5.10.1." }));

    [Test]
    public void What_fails_somewhere_comes_first_on_the_terminal() =>
        Assert.That(Sentences(Kernel("5.10.1", Samples.Case("exec.a"), _failed)).Select(s => s.Split(':')[0]),
            Is.EqualTo(new[] { "maps", "a" }));

    [Test]
    public void Of_several_architectures_each_has_a_sentence()
    {
        var other = Kernel("5.10.1", _passed) with { Arch = "aarch64" };
        Assert.That(Sentences(other, Kernel("6.1.1", _passed)),
            Is.EqualTo(new[] { "maps (aarch64): passes on 5.10.1.", "maps (x86_64): passes on 6.1.1." }));
    }

    [TestCase(10, 22)]
    [TestCase(20, 2)]
    public void Tests_have_columns_behind_their_programs_where_there_are_few(int tests, int columns)
    {
        var ids = new[] { "exec.b", "exec.a" }.SelectMany(
            program => Enumerable.Range(0, tests).Select(i => $"{program}.t{i}").Prepend(program));
        var shown = ExecStory.Columns([.. ids.Select(new ProbeList(ExecProbe.Instance).Parse)]);
        Assert.That(shown, Has.Count.EqualTo(columns));
        Assert.That(shown[0], Does.StartWith("a"));
        Assert.That(shown[columns / 2], Does.StartWith("b"));
    }

    private static List<string> Sentences(params KernelResult[] kernels) =>
        [.. ExecStory.Summary(Samples.Analyse(Samples.Run(), kernels)).Select(s => s.Words)];

    private static KernelResult Kernel(string version, params CaseResult[] cases) => Samples.Kernel(version, cases);
}
