using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Harness.Analysis;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;
using NJsonSchema;

namespace Harness.Tests.Reports;

/// <summary>A run that is too large for one file of KCIDB's format: its files are submitted one by one.</summary>
public sealed class KcidbFilesTests
{
    private static readonly string[] _lists = ["checkouts", "builds", "tests"];

    /// <summary>In bytes: a fifth of the run in which everything happened.</summary>
    private const int Small = 4_000;

    [Test]
    public void However_small_the_files_together_they_have_each_test_once_in_its_place() =>
        Prop.ForAll(Gen.Choose(1, 30_000).ToArbitrary(), most =>
        {
            var document = WholeRun.Document();
            var whole = JsonNode.Parse(KcidbReport.Format.Write(document))!;
            var files = Written(document, most).Select(text => JsonNode.Parse(text)!).ToList();
            return files.SelectMany(f => Items(f, "tests")).SequenceEqual(Items(whole, "tests"))
                && _lists.All(list => files.SelectMany(f => Items(f, list)).ToHashSet().SetEquals(Items(whole, list)));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Each_file_is_as_small_as_it_has_to_be_unless_it_has_a_single_test()
    {
        var files = Written(WholeRun.Document(), Small);
        Assert.That(files, Has.Count.GreaterThan(3));
        Assert.That(files.Where(f => Encoding.UTF8.GetByteCount(f) > Small)
            .Select(f => JsonNode.Parse(f)!["tests"]!.AsArray().Count), Is.All.EqualTo(1));
    }

    [Test]
    public async Task Each_file_is_valid_and_refers_to_nothing_outside()
    {
        var schema = await JsonSchema.FromFileAsync(
            Path.Combine(Repository.Find().Path, "tests", "Fixtures", "kcidb-5.3.schema.json"));
        foreach (var text in Written(WholeRun.Document(), Small))
        {
            Assert.That(schema.Validate(text), Is.Empty);
            var json = JsonNode.Parse(text)!;
            var ids = _lists.ToDictionary(list => list, list => Texts(json, list, "id").ToList());
            Assert.That(ids.Values, Has.All.Unique);
            Assert.That(Texts(json, "builds", "checkout_id").Distinct(), Is.EquivalentTo(ids["checkouts"]));
            Assert.That(Texts(json, "tests", "build_id").Distinct(), Is.EquivalentTo(ids["builds"]));
        }
    }

    [Test]
    public void The_first_has_the_usual_name_and_what_a_larger_run_left_goes()
    {
        using var directory = new TemporaryDirectory();
        var story = new RunStory(WholeRun.Document(), Samples.Probes);
        var small = ReportSet.Write(story, directory.Path, [KcidbReport.Of(run: null, Small)]);
        Assert.That(small.Take(2), Is.EqualTo(new[] { directory["kcidb.json"], directory["kcidb-2.json"] }));
        Assert.That(Directory.GetFiles(directory.Path), Is.EquivalentTo(small));
        directory.Write("kcidb-mine.json", "a user's");
        Assert.That(ReportSet.Write(story, directory.Path, [KcidbReport.Format]),
            Is.EqualTo(new[] { directory["kcidb.json"] }));
        Assert.That(Directory.GetFiles(directory.Path).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "kcidb.json", "kcidb-mine.json" }));
    }

    [Test]
    public void A_run_without_kernels_has_a_file_too() => Assert.That(
        _lists.Select(list => JsonNode.Parse(KcidbReport.Format.Write(Samples.Document()))![list]!.AsArray().Count),
        Is.All.Zero);

    private static List<string> Written(RunDocument document, long most)
    {
        var files = new List<string>();
        KcidbReport.Of(run: null, most).WriteFiles(
            new RunStory(document, Samples.Probes), write =>
            {
                using var stream = new MemoryStream();
                write(stream);
                files.Add(Encoding.UTF8.GetString(stream.ToArray()));
            });
        return files;
    }

    private static IEnumerable<string> Items(JsonNode json, string list) =>
        json[list]!.AsArray().Select(item => item!.ToJsonString());

    private static IEnumerable<string> Texts(JsonNode json, string list, string name) =>
        json[list]!.AsArray().Select(item => (string)item![name]!);
}
