using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Harness.Cli;
using Harness.Results;
using Harness.Shards;
using Harness.Tests.History;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>What the verbs print with <c>--json</c>, which docs/json.md describes.</summary>
public sealed class JsonOutputTests
{
    private static readonly Dictionary<string, (JsonSerializerOptions Json, Type Type)> _types = new()
    {
        ["list"] = (ListJson.Default.Options, typeof(IReadOnlyList<ListedKernel>)),
        ["run --dry-run"] = (PlannedRunJson.Default.Options, typeof(PlannedRun)),
        ["fetch"] = (FetchJson.Default.Options, typeof(IReadOnlyList<FetchedKernel>)),
        ["probes"] = (ProbesJson.Default.Options, typeof(IReadOnlyList<ListedProbe>)),
        ["diff"] = (ResultsJson.Default.Options, typeof(RunChanges)),
        ["history"] = (HistoryJson.Default.Options, typeof(HistoryOutput)),
        ["prune"] = (PruneJson.Default.Options, typeof(PrunedOutput)),
        ["shares of plan"] = (PlanJson.Default.Options, typeof(PlanText)),
        ["doctor"] = (DoctorJson.Default.Options, typeof(IReadOnlyList<Harness.Doctor.Finding>)),
    };

    private TemporaryDirectory _directory = null!;
    private TestTerminal _terminal = null!;

    public static IEnumerable<string> Verbs => _types.Keys;

    [SetUp]
    public void Make_a_directory() => (_directory, _terminal) = (new TemporaryDirectory(), new TestTerminal());

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [TestCaseSource(nameof(Verbs))]
    public void Every_field_is_described_for_readers(string verb)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Find().Path, "docs", "json.md"));
        var sections = page.Split("\n## ");
        var section = sections.Single(part => part.StartsWith(verb + "\n", StringComparison.Ordinal));
        if (section.Contains("as of `list`", StringComparison.Ordinal))
        {
            section += sections.Single(part => part.StartsWith("list\n", StringComparison.Ordinal));
        }
        var (json, type) = _types[verb];
        var fields = Fields(json.GetJsonSchemaAsNode(type)).Distinct();
        Assert.That(fields.Where(field => !section.Contains($"`{field}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Every_verb_that_has_the_option_has_a_section()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Find().Path, "docs", "json.md"));
        await _terminal.RunAsync("--help");
        var verbs = _terminal.Output.Split("Commands:")[1].Split('\n')
            .Select(line => line.Trim().Split(' ')[0]).Where(verb => verb.Length > 0);
        foreach (var verb in verbs)
        {
            var help = new TestTerminal();
            await help.RunAsync(verb, "--help");
            var hasSection = page.Contains($"\n## {verb}", StringComparison.Ordinal);
            Assert.That(help.Output.Contains("--json", StringComparison.Ordinal), Is.EqualTo(hasSection), verb);
        }
    }

    [Test]
    public async Task A_dry_run_is_told_as_JSON_and_nothing_else()
    {
        var image = _directory.Write("image", "no kernel, and never booted");
        var code = await _terminal.RunAsync(
            "run", "--image", image, "--dry-run", "--json", "--jobs", "2", "--out", _directory["run"]);
        Assert.That(code, Is.Zero, _terminal.Error);
        var plan = JsonNode.Parse(_terminal.Output)!;
        Assert.That((plan["directory"]!.GetValue<string>(), plan["jobs"]!.GetValue<int>()),
            Is.EqualTo((_directory["run"], 2)));
        Assert.That(plan["cases"]!.GetValue<int>(), Is.GreaterThan(1000));
        Assert.That(plan["kernels"]!.AsArray().Single()!["id"]!.GetValue<string>(), Is.EqualTo("image"));
    }

    [Test]
    public async Task What_a_run_finds_is_in_its_results_and_not_on_standard_output()
    {
        Assert.That(await _terminal.RunAsync("run", "--json"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error,
            Is.EqualTo("harness: --json goes with --dry-run; what a run finds is in its results.json\n"));
    }

    [Test]
    public async Task What_was_fetched_is_told_kernel_by_kernel()
    {
        _directory.Write("image", "no kernel");
        var matrix = _directory.Write("m.yaml", "kernels:\n  - image: image\n  - {image: gone, name: another}\n");
        Assert.That(await _terminal.RunAsync("fetch", "--kernels", matrix, "--json"),
            Is.EqualTo(ExitCodes.NotTestable), _terminal.Error);
        var kernels = JsonNode.Parse(_terminal.Output)!.AsArray();
        Assert.That(kernels.Select(k => (k!["id"]!.GetValue<string>(), k["status"]!.GetValue<string>())),
            Is.EqualTo(new[] { ("another", "unavailable"), ("image", "unavailable") }));
        Assert.That(kernels.Select(k => k!["problem"]), Has.None.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_was_removed_is_told_path_by_path(bool dryRun)
    {
        using var lab = new HistoryLab();
        foreach (var day in new[] { 1, 2 })
        {
            lab.Write(HistoryLab.Night(day, HistoryLab.Kernel("6.1.5")));
        }
        string[] arguments = ["prune", "--results", lab.Results, "--keep", "1", "--json"];
        Assert.That(await _terminal.RunAsync([.. arguments, .. dryRun ? ["--dry-run"] : Array.Empty<string>()]),
            Is.Zero, _terminal.Error);
        var pruned = JsonNode.Parse(_terminal.Output)!;
        var path = Path.Combine(lab.Results, "20260101-020000");
        Assert.That((pruned["dryRun"]!.GetValue<bool>(), pruned["runs"]!.AsArray().Single()!.GetValue<string>()),
            Is.EqualTo((dryRun, path)));
        Assert.That(pruned["cache"], Is.Null);
        Assert.That(Directory.Exists(path), Is.EqualTo(dryRun));
    }

    private static IEnumerable<string> Fields(JsonNode schema) => schema is not JsonObject ? [] :
        (schema["properties"]?.AsObject() ?? []).SelectMany(property => Fields(property.Value!).Prepend(property.Key))
            .Concat(schema["items"] is { } items ? Fields(items) : []);
}
