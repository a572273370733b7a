using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Results;
using Harness.Tests.Support;
using NJsonSchema;

namespace Harness.Tests.Results;

/// <summary>
/// docs/results.schema.json says what <c>results.json</c> looks like: runs pass, and what is no run fails.
/// </summary>
public sealed class ResultsSchemaTests
{
    private static readonly string _path = Path.Combine(Repository.Find().Path, "docs", "results.schema.json");

    private static readonly Dictionary<string, Func<RunDocument>> _runs =
        new(CapturedRuns.All) { ["everything"] = WholeRun.Document };

    private JsonSchema _schema = null!;

    public static IEnumerable<string> Runs => _runs.Keys;

    [OneTimeSetUp]
    public async Task ReadSchema() => _schema = await JsonSchema.FromJsonAsync(ResultsSchema.Generate());

    [Test]
    public void The_schema_is_generated_from_the_records() => Golden.Matches(_path, ResultsSchema.Generate());

    [Test]
    public void Every_field_is_described_for_readers()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Find().Path, "docs", "results.md"));
        var fields = Fields(JsonNode.Parse(ResultsSchema.Generate())!).Distinct();
        Assert.That(fields.Where(field => !page.Contains($"`{field}`", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Runs))]
    public void A_captured_run_is_valid(string run) => Valid(Json(_runs[run]()));

    [TestCase("two-files-that-are-no-kernels")]
    [TestCase("virtme-ng-1.22")]
    public void A_document_of_an_earlier_version_is_valid(string run) => Valid(
        File.ReadAllText(Path.Combine(Repository.Find().Path, "tests", "Fixtures", "runs", $"{run}.json")));

    [TestCase("schemaVersion", "2")]
    [TestCase("run", "null")]
    [TestCase("run.id", "7")]
    [TestCase("run.startedAt", "\"yesterday\"")]
    [TestCase("run.complete", "\"yes\"")]
    [TestCase("run.prober", "{}")]
    [TestCase("kernels", "{}")]
    [TestCase("kernels.0.status", "\"fine\"")]
    [TestCase("kernels.0.attempts", "-1")]
    [TestCase("kernels.0.seconds", "\"2.5\"")]
    [TestCase("kernels.0.caseStarts", "2.5")]
    [TestCase("kernels.0.caseSeconds", "[\"2.5\"]")]
    [TestCase("kernels.0.caseSeconds", "[-1]")]
    [TestCase("kernels.0.cases.0.status", "\"ok\"")]
    [TestCase("kernels.0.cases.0.want", "null")]
    [TestCase("ranges.0.segments.0.kernels", "\"3\"")]
    [TestCase("transitions.0.from", "null")]
    public void A_wrong_value_is_refused(string path, string value)
    {
        var document = JsonNode.Parse(Json(WholeRun.Document()))!;
        var parts = path.Split('.');
        var holder = parts[..^1].Aggregate(document, Step);
        holder[parts[^1]] = JsonNode.Parse(value);
        Assert.That(_schema.Validate(document.ToJsonString()), Is.Not.Empty);
    }

    [TestCase("run")]
    [TestCase("kernels")]
    [TestCase("run.prober")]
    [TestCase("run.finishedAt")]
    [TestCase("kernels.0.id")]
    [TestCase("kernels.0.cases")]
    [TestCase("kernels.0.cases.0.outcome")]
    [TestCase("ranges.0.segments")]
    public void A_missing_field_is_refused(string path)
    {
        var document = JsonNode.Parse(Json(WholeRun.Document()))!;
        var parts = path.Split('.');
        Assert.That(parts[..^1].Aggregate(document, Step).AsObject().Remove(parts[^1]), Is.True);
        Assert.That(_schema.Validate(document.ToJsonString()), Is.Not.Empty);
    }

    [Test]
    public void A_document_may_name_its_schema_for_editors()
    {
        var document = JsonNode.Parse(Json(WholeRun.Document()))!.AsObject();
        document.Insert(0, "$schema", "../../docs/results.schema.json");
        Valid(document.ToJsonString());
        using var directory = new TemporaryDirectory();
        var path = directory.Write(ResultsFile.Name, document.ToJsonString());
        Assert.That(ResultsFile.Read(path).Run.Id, Is.EqualTo(WholeRun.Document().Run.Id));
    }

    [Test]
    public void A_further_field_is_allowed()
    {
        var document = JsonNode.Parse(Json(WholeRun.Document()))!;
        document["run"]!["invented"] = new JsonObject { ["later"] = true };
        Valid(document.ToJsonString());
    }

    private static IEnumerable<string> Fields(JsonNode schema) =>
        (schema["properties"]?.AsObject() ?? []).SelectMany(property => Fields(property.Value!).Prepend(property.Key))
            .Concat(schema["items"] is { } items ? Fields(items) : []);

    private void Valid(string json) => Assert.That(_schema.Validate(json), Is.Empty);

    private static string Json(RunDocument document) =>
        JsonSerializer.Serialize(document, ResultsJson.Indented.RunDocument);

    private static JsonNode Step(JsonNode node, string part) =>
        int.TryParse(part, out var index) ? node[index]! : node[part]!;
}
