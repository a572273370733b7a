using Harness.Cli;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

/// <summary>
/// Documents that others wrote: with the contract's fields alone, or with more than this version knows.
/// </summary>
public sealed class ForeignDocumentTests
{
    private const string Contract = """
        { "schemaVersion": 1,
          "run": { "id": "r", "startedAt": "2026-01-31T23:59:59Z", "finishedAt": "2026-02-01T00:00:01.5Z",
                   "complete": true, "accel": "kvm", "harness": "x", "prober": { "sha256": "00" },
                   "host": { "more": 1 } },
          "kernels": [
            { "id": "k", "release": "6.1.0", "version": "6.1.192", "arch": "x86_64", "source": "s", "sha256": "00",
              "status": "tested",
              "reason": null, "attempts": 1, "seconds": 2.5, "console": null, "cases": [
                { "id": "raw.array_of_maps.array.struct.none", "want": "accept", "outcome": "reject",
                  "step": "update", "errno": "EINVAL",
                  "status": "fail", "expected": "fail", "reason": null, "cause": null, "workaround": null },
                { "id": "raw.array_of_maps.array.none.none", "want": "accept", "outcome": "reject",
                  "step": "update", "errno": "EINVAL",
                  "status": "fail", "expected": "pass", "reason": null, "cause": null, "workaround": null } ] } ],
          "ranges": [] }
        """;

    [Test]
    public void The_contract_alone_is_enough_for_every_report()
    {
        using var directory = new TemporaryDirectory();
        var document = ResultsFile.Read(directory.Write("results.json", Contract));
        Assert.That(document.Kernels.Single().AsExpected, Is.True);
        Assert.That(document.Kernels.Single().Cases.Select(c => c.AsExpected), Is.EqualTo(new[] { true, false }));
        foreach (var format in ReportSet.All)
        {
            Assert.That(format.Write(document), Does.Contain("6.1"), format.Name);
        }
    }

    [Test]
    public void Fields_of_a_run_that_nobody_here_knows_may_hold_anything()
    {
        using var directory = new TemporaryDirectory();
        var text = Contract.Replace("\"accel\"",
            "\"more\": [ null, { \"x\": [ null ] } ], \"other\": null, \"accel\"", StringComparison.Ordinal);
        var document = Catalog.Default.Probes.Read(directory.Write("results.json", text));
        Assert.That(document.Run.Facts!.Keys, Is.SupersetOf(new[] { "more", "other" }));
    }

    [TestCase("\"libbpf\": [ null ]")]
    [TestCase("\"toolchains\": [ null ]")]
    [TestCase("\"libbpf\": [ { \"name\": \"x\" } ]")]
    [TestCase("\"toolchains\": [ { \"name\": \"clang-14\" } ]")]
    public void What_a_probe_noted_is_checked_when_a_document_is_read(string field)
    {
        using var directory = new TemporaryDirectory();
        var text = Contract.Replace("\"accel\"", $"{field}, \"accel\"", StringComparison.Ordinal);
        var path = directory.Write("results.json", text);
        Assert.That(
            () => Catalog.Default.Probes.Read(path), Throws.TypeOf<ResultsException>().With.Message.StartsWith(path));
    }

    [TestCase("\"id\": \"k\", ")]
    [TestCase("\"seconds\": 2.5, ")]
    [TestCase("\"host\": { \"more\": 1 }")]
    [TestCase("\"status\": \"fail\", ")]
    public void A_field_of_the_contract_may_not_be_missing(string field)
    {
        using var directory = new TemporaryDirectory();
        var text = Contract.Replace(field, "", StringComparison.Ordinal);
        Assert.That(text, Is.Not.EqualTo(Contract));
        var path = directory.Write("results.json", text);
        Assert.That(() => ResultsFile.Read(path), Throws.TypeOf<ResultsException>().With.Message.StartsWith(path));
    }
}
