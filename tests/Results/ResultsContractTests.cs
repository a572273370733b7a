using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

/// <summary>
/// Names that other programs read; they stay whatever is added (the golden file may be updated, these may not).
/// </summary>
public sealed class ResultsContractTests
{
    private static readonly JsonNode _document =
        JsonNode.Parse(JsonSerializer.Serialize(WholeRun.Document(), ResultsJson.Indented.RunDocument))!;

    [TestCase("", "schemaVersion run kernels ranges transitions")]
    [TestCase("run", "id startedAt finishedAt complete accel harness prober host toolchains libbpf")]
    [TestCase("run.prober", "sha256")]
    [TestCase("run.toolchains.0", "name version objects")]
    [TestCase("run.toolchains.0.objects.0", "name complete problem")]
    [TestCase("run.libbpf.0", "name version label proberSha256 cases")]
    [TestCase("kernels.0", "id release version arch source sha256 status reason attempts seconds console cases")]
    [TestCase("kernels.0.cases.0", "id want outcome step errno status expected reason cause workaround source")]
    [TestCase("ranges.0", "case arch segments")]
    [TestCase("ranges.0.segments.0", "status from to kernels")]
    [TestCase("transitions.0", "case want arch from to cause source")]
    [TestCase("transitions.0.from", "kernel version status outcome step errno")]
    public void Fields_keep_their_names(string path, string fields)
    {
        var node = path.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(_document, (node, part) => int.TryParse(part, out var index) ? node[index]! : node[part]!);
        Assert.That(node.AsObject().Select(field => field.Key), Is.SupersetOf(fields.Split(' ')));
    }

    [Test]
    public void Statuses_of_kernels_keep_their_names() => Assert.That(
        _document["kernels"]!.AsArray().Select(kernel => kernel!["status"]!.GetValue<string>()).Distinct(),
        Is.EquivalentTo(
            new[] { "tested", "boot_failed", "boot_timeout", "crashed", "probe_timeout", "probe_error", "unavailable",
                "infra_error", "not_run" }));

    [Test]
    public void Statuses_and_outcomes_of_cases_keep_their_names()
    {
        var cases = _document["kernels"]!.AsArray().SelectMany(kernel => kernel!["cases"]!.AsArray()).ToList();
        Assert.That(cases.Select(c => c!["status"]!.GetValue<string>()).Distinct(),
            Is.EquivalentTo(new[] { "pass", "fail", "skip", "error", "flaky" }));
        Assert.That(cases.Select(c => c!["outcome"]?.GetValue<string>()).Distinct(),
            Is.EquivalentTo(new[] { "accept", "reject", null }));
        Assert.That(cases.Select(c => c!["want"]!.GetValue<string>()).Distinct(),
            Is.EquivalentTo(new[] { "accept", "reject" }));
    }

    [Test]
    public void Every_status_has_been_thought_of()
    {
        var document = WholeRun.Document();
        Assert.That(document.Kernels.Select(k => k.Status).Distinct(), Is.EquivalentTo(Enum.GetValues<KernelStatus>()));
        Assert.That(document.Kernels.SelectMany(k => k.Cases).Select(c => c.Status).Distinct(),
            Is.EquivalentTo(Enum.GetValues<CaseStatus>()));
    }
}
