using Harness.Matrix;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class AskedProbesTests
{
    private static readonly ProbeList _probes = new([.. Samples.Probes.All, SampleInput.Probe]);

    [Test]
    public void Without_a_word_from_users_the_probes_that_ask_by_themselves_are_asked() =>
        Assert.That(AskedProbes.Of(_probes, null, ProbeOptionValues.None).Select(entry => entry.Probe.Name),
            Is.EqualTo(_probes.All.Where(probe => probe.Input is null).Select(probe => probe.Name)));

    [Test]
    public void The_matrix_names_others()
    {
        var entry = new ProbeEntry(SampleInput.Probe, [new SampleInput.Subject("here", "sample.a", false)], []);
        var matrix = new MatrixSpec("m", null, [], []) { Probes = [entry] };
        Assert.That(AskedProbes.Of(_probes, matrix, ProbeOptionValues.None), Is.EqualTo(new[] { entry }));
    }

    [Test]
    public void Options_take_the_place_of_the_matrixs_probes()
    {
        var matrix = new MatrixSpec("m", null, [], []) { Probes = [new ProbeEntry(_probes.All[0], [], [])] };
        var entries = AskedProbes.Of(_probes, matrix, Given("/tmp/a", "/x/a"));
        Assert.That(entries.Single().Subjects.Select(subject => subject.IdStart),
            Is.EqualTo(new[] { "sample.a", "sample.a-2" }));
    }

    [Test]
    public void A_problem_with_an_option_is_a_wrong_use() =>
        Assert.That(() => AskedProbes.Of(_probes, null, Given("bad")),
            Throws.TypeOf<UsageException>().With.Message.EqualTo("--sample bad: this word is bad"));

    [TestCase("5.10.262", "sample.a.load", true)]
    [TestCase("6.1.170", "sample.a.load", false)]
    [TestCase("5.10.262", "sample.b.load", false)]
    [TestCase(null, "sample.a.load", false)]
    public void What_an_author_foresees_is_an_expectation_by_which_cases_may_pass_too(
        string? version, string id, bool foreseen)
    {
        var entry = new ProbeEntry(SampleInput.Probe, [new SampleInput.Subject("here", "sample.a", true)], []);
        var expectations = new KernelExpectations(
            [.. AskedProbes.Foreseen([entry])], "k", KernelVersion.TryParse(version), null);
        var expectation = expectations.For(id);
        Assert.That(expectation is not null, Is.EqualTo(foreseen));
        Assert.That(expectation?.IsMetBy(CaseStatus.Fail, "load", "EINVAL") ?? foreseen, Is.EqualTo(foreseen));
        Assert.That(expectation?.IsMetBy(CaseStatus.Pass, null, null) ?? foreseen, Is.EqualTo(foreseen));
        Assert.That(expectation?.IsMetBy(CaseStatus.Skip, null, null) ?? false, Is.False);
    }

    private static ProbeOptionValues Given(params string[] words) =>
        new(new Dictionary<string, IReadOnlyList<string>> { ["--sample"] = words });
}
