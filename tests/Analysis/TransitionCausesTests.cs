using System.Text.Json.Nodes;
using Harness.Analysis;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>Which cause a change has, and what changes in a real run.</summary>
public sealed class TransitionCausesTests
{
    private const string Id = "raw.array_of_maps.array.struct.none";

    [TestCase(CaseStatus.Pass, CaseStatus.Fail, "after")]
    [TestCase(CaseStatus.Fail, CaseStatus.Pass, "before")]
    [TestCase(CaseStatus.Skip, CaseStatus.Pass, "before")]
    [TestCase(CaseStatus.Pass, CaseStatus.Error, "after")]
    [TestCase(CaseStatus.Skip, CaseStatus.Fail, "5.10.1: before 6.1.1: after")]
    public void The_cause_is_of_the_end_that_is_not_as_wanted(CaseStatus from, CaseStatus to, string cause)
    {
        var transition =
            Transitions.Of(
                [Kernel("5.10.1", from, from == CaseStatus.Pass ? null : "before"),
                    Kernel("6.1.1", to, to == CaseStatus.Pass ? null : "after")]).Single();
        Assert.That(transition.Cause, Is.EqualTo(cause));
    }

    [Test]
    public void Where_nobody_knows_the_cause_none_is_told() =>
        Assert.That(Transitions.Of([Kernel("5.10.1", CaseStatus.Pass), Kernel("6.1.1", CaseStatus.Fail)])
            .Single().Cause, Is.Null);

    [Test]
    public void Kernels_are_neighbours_by_version_whatever_order_they_come_in()
    {
        var transitions =
            Transitions.Of(
                [Kernel("6.12.1", CaseStatus.Pass), Kernel("6.1.9", CaseStatus.Fail), Kernel("6.1.10", CaseStatus.Fail),
                    Kernel("5.10.1", CaseStatus.Pass)]);
        Assert.That(transitions.Select(t => (t.From.Version, t.To.Version)),
            Is.EqualTo(new[] { ("5.10.1", "6.1.9"), ("6.1.10", "6.12.1") }));
    }

    [Test]
    public void In_a_real_run_each_border_between_two_ranges_is_a_transition_with_a_cause()
    {
        var kernels = Samples.Explain(CauseCapturedRun.Default);
        var transitions = Transitions.Of(kernels);
        Assert.That(transitions.Select(t => (t.Case, t.From.Version, t.To.Version, t.From.Status, t.To.Status)),
            Is.EquivalentTo(
            Ranges.Compute(kernels)
                .SelectMany(r =>
                    r.Segments.Zip(r.Segments.Skip(1), (a, b) =>
                        (r.Case, (string?)a.To, (string?)b.From, a.Status, b.Status)))));
        Assert.That(transitions.Where(t => t.Cause is null || t.Source is null), Is.Empty);
        Assert.That(transitions.Select(t => $"{t.From.Version} → {t.To.Version}").Distinct(), Is.EqualTo(new[]
        {
            "5.10.262 → 6.1.170", "6.1.192 → 6.12.43", "6.12.118 → 6.16.3", "6.17.13 → 6.18.5", "6.18.15 → 6.19.6",
            "6.19.14 → 7.0.4", "7.0.13 → 7.1.3", "7.1.3 → 7.1.13", "7.1.13 → 7.2.6", "7.2.6 → 7.2.13",
        }));
    }

    [Test]
    public void Results_of_a_version_without_transitions_are_read()
    {
        using var directory = new TemporaryDirectory();
        ResultsFile.Write(directory["results.json"],
            Samples.Document(Kernel("5.10.1", CaseStatus.Pass), Kernel("6.1.1", CaseStatus.Fail)));
        Assert.That(ResultsFile.Read(directory.Path).Transitions, Has.Count.EqualTo(1));

        var json = JsonNode.Parse(File.ReadAllText(directory["results.json"]))!.AsObject();
        json.Remove("transitions");
        json["run"]!.AsObject().Remove("toolchains");
        json["run"]!.AsObject().Remove("libbpf");
        directory.Write("results.json", json.ToJsonString());
        var older = ResultsFile.Read(directory.Path);
        Assert.That((older.Transitions.Count, RunFacts.Toolchains(older.Run).Count, RunFacts.Libbpfs(older.Run).Count),
            Is.EqualTo((0, 0, 0)));
    }

    private static KernelResult Kernel(string version, CaseStatus status, string? cause = null) =>
        Samples.Kernel(version,
            Samples.Case(Id, status) with { Cause = cause, Source = cause is null ? null : $"source of {cause}" });
}
