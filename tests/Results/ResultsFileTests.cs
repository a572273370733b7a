using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

public sealed class ResultsFileTests
{
    private TemporaryDirectory _directory = null!;

    private string FilePath => _directory[ResultsFile.Name];

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public void The_file_is_what_other_programs_rely_on() =>
        Golden.Matches("results.json", Written(WholeRun.Document()));

    [Test]
    public void What_is_written_is_read_back()
    {
        var text = Written(WholeRun.Document());
        Assert.That(Written(ResultsFile.Read(FilePath)), Is.EqualTo(text));
        Assert.That(Written(ResultsFile.Read(_directory.Path)), Is.EqualTo(text),
            "a run directory stands for its file");
    }

    [Test]
    public void The_bytes_depend_on_no_culture() =>
        Assert.That(Cultures.Under(() => Written(WholeRun.Document())).Distinct().Count(), Is.EqualTo(1));

    [Test]
    public void Times_are_written_in_UTC()
    {
        var document = WholeRun.Document();
        var elsewhere =
            document with
            {
                Run = document.Run with
                {
                    StartedAt = document.Run.StartedAt.ToOffset(
                TimeSpan.FromMinutes(330))
                }
            };
        Assert.That(Written(elsewhere), Is.EqualTo(Written(document)));
        Assert.That(ResultsFile.Read(FilePath).Run.StartedAt.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Writing_leaves_nothing_but_the_file_and_replaces_an_older_one()
    {
        _directory.Write(ResultsFile.Name, "an older run");
        Written(WholeRun.Document());
        Assert.That(Directory.GetFileSystemEntries(_directory.Path), Is.EqualTo(new[] { FilePath }));
    }

    [Test]
    public void A_missing_file_is_named()
    {
        Assert.That(() =>
            ResultsFile.Read(_directory["none"]),
            Throws.TypeOf<ResultsException>().With.Message.StartsWith($"{_directory["none"]}: no such file"));
        Assert.That(() =>
            ResultsFile.Read(_directory.Path),
            Throws.TypeOf<ResultsException>().With.Message.StartsWith($"{FilePath}: no such file"));
    }

    [Test]
    public void Cut_anywhere_it_is_refused_with_the_place()
    {
        var text = Written(WholeRun.Document());
        foreach (var length in Enumerable.Range(0, 16).Select(sixteenth => text.Length * sixteenth / 16))
        {
            File.WriteAllText(FilePath, text[..length]);
            Assert.That(() =>
                ResultsFile.Read(FilePath),
                Throws.TypeOf<ResultsException>().With.Message.Match($@"^{FilePath}:\d+:\d+: at \$"), () =>
                    $"cut at {length}");
        }
    }

    [TestCase("\"schemaVersion\": 1", "\"schemaVersion\": 2",
        ": at $.schemaVersion: 2 is not known; this harness reads version 1")]
    [TestCase("\"schemaVersion\": 1", "\"version\": 1", ": at $.schemaVersion: missing; this is no results.json")]
    [TestCase("\"schemaVersion\": 1", "\"schemaVersion\": \"1\"",
        ": at $.schemaVersion: missing; this is no results.json")]
    [TestCase("\"status\": \"boot_failed\"", "\"status\": \"booted\"", ": at $.kernels[3].status: ")]
    [TestCase("\"status\": \"boot_failed\"", "\"status\": 3", ": at $.kernels[3].status: ")]
    [TestCase("\"status\": \"boot_failed\"", "\"status\": null", ": at $.kernels[3].status: ")]
    [TestCase("\"want\":\"accept\"", "\"want\":\"maybe\"", ": at $.kernels[0].cases[1].want: ")]
    [TestCase("\"startedAt\": \"2026-01-31T23:59:59Z\"", "\"startedAt\": \"yesterday\"",
        ": at $.run.startedAt: a time is written as 2026-01-31T23:59:59Z")]
    [TestCase("\"startedAt\": \"2026-01-31T23:59:59Z\"", "\"startedAt\": 7", ": at $.run.startedAt: ")]
    [TestCase("\"attempts\": 2", "\"attempts\": \"two\"", ": at $.kernels[4].attempts: ")]
    [TestCase("\"id\": \"mine\"", "\"id\": \"debian-6.16.3-1-cloud-amd64\"",
        ": at $.kernels[9].id: 'debian-6.16.3-1-cloud-amd64' stands twice")]
    [TestCase("\"id\": \"mine\"", "\"id\": null", ": at $.kernels[9].id: ")]
    [TestCase("\"outcome\":\"accept\"", "\"outcome\":\"reject\"",
        ": at $.kernels[0].cases[1].status: contradicts the outcome")]
    [TestCase("\"outcome\":\"accept\"", "\"outcome\":null",
        ": at $.kernels[0].cases[1].status: contradicts the outcome")]
    [TestCase("\"id\":\"raw.hash_of_maps.array.bytes.none\"", "\"id\":\"raw.array_of_maps.array.struct.none\"",
        ": at $.kernels[0].cases[4].id: 'raw.array_of_maps.array.struct.none' stands twice")]
    [TestCase("\"attempts\": 2", "\"attempts\": 2, \"reusedFrom\": \"20260130-235959\"",
        ": at $.kernels[4].measuredAt: missing")]
    [TestCase("\"attempts\": 2", "\"attempts\": 2, \"measuredAt\": \"2026-01-30T23:59:59Z\"",
        ": at $.kernels[4].reusedFrom: missing")]
    [TestCase("\"seconds\": 4.25", "\"seconds\": 1e999", ": at $.kernels[0].seconds: is no finite number")]
    [TestCase("\"probeSeconds\": 1.5", "\"probeSeconds\": -1e999", ": at $.kernels[0].probeSeconds: is no finite")]
    [TestCase("\"bootSeconds\": 2.25", "\"bootSeconds\": 1e300", ": at $.kernels[0].bootSeconds: is no duration")]
    [TestCase("\"caseStarts\": [2.25", "\"caseStarts\": [1e300", ": at $.kernels[0].caseStarts[0]: is no ")]
    [TestCase("\"caseSeconds\": [0.000734,", "\"caseSeconds\": [", ": at $.kernels[0].caseSeconds: has 5 values for 6")]
    [TestCase("\"caseSeconds\": [0.000734", "\"caseSeconds\": [\"1\"", ": at $.kernels[0].caseSeconds: stands where")]
    [TestCase("\"notes\": [", "\"notes\": [ null,", ": at $.run.notes[0]: ")]
    [TestCase("\"kernels\": [", "\"kernels\": [ null,", ": at $.kernels[0]: ")]
    [TestCase("\"cases\": [\n        {", "\"cases\": [ null, {", ": at $.kernels[0].cases[0]: ")]
    [TestCase("\"ranges\": [", "\"ranges\": [ null,", ": at $.ranges[0]: ")]
    [TestCase("\"transitions\": [", "\"transitions\": [ null,", ": at $.transitions[0]: ")]
    [TestCase("\"verified_insns\":57", "\"verified_insns\":0.5", ": at $.kernels[1].cases[0].numbers")]
    [TestCase("\"evidence\":\"", "\"evidence\":7,\"was\":\"", ": at $.kernels[1].cases[0].evidence: ")]
    public void A_damaged_file_is_refused_with_the_place(string sound, string damaged, string problem)
    {
        var text = Written(WholeRun.Document());
        var at = text.IndexOf(sound, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThan(0), "the fixture holds what is to be damaged");
        File.WriteAllText(FilePath, text[..at] + damaged + text[(at + sound.Length)..]);
        var message = Assert.Throws<ResultsException>(() => ResultsFile.Read(FilePath))!.Message;
        Assert.That(message, Does.StartWith(FilePath).And.Contain(problem));
    }

    [Test]
    public void Evidence_that_is_longer_than_any_is_refused_with_the_place()
    {
        var @long = Samples.Case("raw.a") with { Evidence = new string('x', CaseEvidence.MostBytes + 1) };
        ResultsFile.Write(FilePath, Samples.Document(Samples.Kernel("6.1.1", @long)));
        Assert.That(() => ResultsFile.Read(FilePath), Throws.TypeOf<ResultsException>().With.Message.EqualTo(
            $"{FilePath}: at $.kernels[0].cases[0].evidence: is longer than 8192 bytes"));
    }

    [TestCase("\"notes\": []", "\"notes\": [ null ]", 1, ": at $.baseline.notes[0]: ")]
    [TestCase("\"change\": \"went\"", "\"change\": \"fled\"", 0, ": at $.baseline.kernels[0].change: ")]
    [TestCase("\"change\": \"new_failure\"", "\"change\": 0", 0, ": at $.baseline.replacements[0].cases[0].change: ")]
    [TestCase("\"replacements\": [", "\"replacements\": [ null,", 0, ": at $.baseline.replacements[0]: ")]
    [TestCase("\"attempts\":[", "\"attempts\":[null,", 0, ": at $.kernels[0].cases[0].attempts[0]: ")]
    public void Damage_to_what_changed_or_was_repeated_is_refused_with_the_place(string sound, string damaged, int skip,
        string problem)
    {
        var document = ChangedRun.Newer();
        var text =
            Written(
                document with
                {
                    Run = document.Run with { Notes = [] },
                    Baseline = document.Baseline! with { Notes = [] }
                });
        Assert.That(ResultsFile.Read(FilePath).Baseline!.Cases, Has.Count.EqualTo(document.Baseline.Cases.Count),
            "sound, it is read");
        var at = Enumerable.Range(0, skip + 1)
            .Aggregate(-1, (last, _) => text.IndexOf(sound, last + 1, StringComparison.Ordinal));
        Assert.That(at, Is.GreaterThan(0), "the fixture holds what is to be damaged");
        File.WriteAllText(FilePath, text[..at] + damaged + text[(at + sound.Length)..]);
        Assert.That(Assert.Throws<ResultsException>(() => ResultsFile.Read(FilePath))!.Message,
            Does.StartWith(FilePath).And.Contain(problem));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("7")]
    [TestCase("{}")]
    public void What_is_no_run_at_all_is_refused(string text)
    {
        File.WriteAllText(FilePath, text);
        Assert.That(() =>
            ResultsFile.Read(FilePath), Throws.TypeOf<ResultsException>().With.Message.StartsWith(FilePath));
    }

    [Test]
    public void A_field_that_is_not_known_is_passed_over()
    {
        File.WriteAllText(FilePath, Written(WholeRun.Document())
            .Replace("\"jobs\":", "\"sinceTheNextVersion\": [1], \"jobs\":", StringComparison.Ordinal));
        Assert.That(ResultsFile.Read(FilePath).Kernels, Has.Count.EqualTo(10));
    }

    private string Written(RunDocument document)
    {
        ResultsFile.Write(FilePath, document);
        return File.ReadAllText(FilePath);
    }
}
