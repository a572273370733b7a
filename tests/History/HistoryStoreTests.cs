using Harness.History;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Harness.Tests.History;

/// <summary>The store itself, on real SQLite files.</summary>
public sealed class HistoryStoreTests
{
    private HistoryLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new HistoryLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public void What_was_appended_is_read_back()
    {
        var document = WholeRun.Document();
        _lab.Append(document);
        var run = _lab.Ask(h => h.Runs.Single());
        Assert.That((run.Name, run.Directory, run.StartedAt, run.Complete, run.Matrix),
            Is.EqualTo((document.Run.Id, document.Run.Id, document.Run.StartedAt, false, "kernels.yaml")));
        Assert.That(run.Results.Select(r => (r.Kernel, r.Version, r.Image, r.Status)),
            Is.EqualTo(document.Kernels.Select(k => (k.Id, k.Version, k.Sha256, k.Status))));
        Assert.That(Answers(),
            Is.EqualTo(document.Kernels.SelectMany(k =>
                k.Cases.Select(c => (k.Id, c.Id, new StoredVerdict(c.Want, c.Status, c.Outcome, c.Step, c.Errno))))
                    .OrderBy(a => (a.Item1, a.Item2))));
    }

    [Test]
    public void A_run_that_is_appended_again_replaces_itself()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5"), HistoryLab.Kernel("6.12.43")),
            HistoryLab.Night(2, HistoryLab.Kernel("6.1.5")));
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        Assert.That(_lab.Ask(h => h.Runs.Select(r => (r.Name, r.Results.Count)).ToList()),
            Is.EqualTo(new[] { ("20260101-020000", 1), ("20260102-020000", 1) }));
        Assert.That(Answers().Count(a => a.Item3.Status == CaseStatus.Fail), Is.EqualTo(1));
    }

    [Test]
    public void Nights_that_answer_the_same_share_their_answers()
    {
        _lab.Append([.. Enumerable.Range(1, 28)
            .Select(day =>
                HistoryLab.Night(day, HistoryLab.Kernel("6.1.5", CaseStatus.Fail), HistoryLab.Kernel("6.12.43"),
                    HistoryLab.Kernel("7.0.4")))]);
        Assert.That((Count("result"), Count("answers"), Count("answer")), Is.EqualTo((84, 2, 4)));
    }

    [Test]
    public void Answers_that_nobody_gives_any_more_are_forgotten()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        Assert.That((Count("answers"), Count("answer")), Is.EqualTo((1, 2)));
    }

    [Test]
    public void The_answers_of_another_libbpf_belong_to_its_prober()
    {
        const string Other = "libbpf.array_of_maps.array.struct.none.libbpf-1-5";
        var document = HistoryLab.Night(1,
            Samples.Kernel("6.1.5", Samples.Case("libbpf.array_of_maps.array.struct.none"), Samples.Case(Other)));
        _lab.Append(document with
        {
            Run = document.Run with
            {
                Facts = RunFacts.Of([],
            [new("machine", "1.1", null, Samples.Sha256, 1), new("1.5", "1.5", "libbpf-1-5", "other", 1)])
            }
        });
        var probers = _lab.Ask(h =>
            h.Runs.Single().Results.Single().Answers.ToDictionary(a => a.Prober,
                a => h.Cases[h.AnswersOf(a.Set).Single().Case]));
        var expected = new Dictionary<string, string>
        {
            [Samples.Sha256] = "libbpf.array_of_maps.array.struct.none",
            ["other"] = Other,
        };
        Assert.That(probers, Is.EqualTo(expected));
    }

    [Test]
    public void The_store_is_in_WAL_mode_and_names_its_schema()
    {
        _lab.Append(HistoryLab.Night(1));
        Assert.That((Scalar("PRAGMA journal_mode"), Scalar("PRAGMA user_version")),
            Is.EqualTo(("wal", (object)(long)HistorySchema.Version)));
        Assert.That(Directory.GetFiles(_lab.Results), Is.EqualTo(new[] { _lab.Store }),
            "no log is left behind when all have closed it");
    }

    [Test]
    public void A_store_from_before_suites_that_fail_were_told_apart_is_read_and_added_to()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        Scalar("DROP TABLE stand_in");
        Assert.That(_lab.Ask(h => h.Runs.Single().Results.Single().IsStandIn), Is.False);
        _lab.Append(HistoryLab.Night(2, Samples.Suite("trixie")));
        Assert.That(_lab.Ask(h => h.Runs.Select(run => run.Results.Single().IsStandIn).ToList()),
            Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void Text_is_text_whatever_is_in_it()
    {
        const string Hostile = "'; DROP TABLE run; --\u001f\"\n";
        _lab.Append(HistoryLab.Night(1,
            Samples.Kernel("6.1.5", Samples.Case(Hostile)) with { Id = Hostile, Version = Hostile }));
        Assert.That(Answers().Select(a => (a.Item1, a.Item2)), Is.EqualTo(new[] { (Hostile, Hostile) }));
    }

    [TestCase("this is no database, and is longer than the header of one: "
        + "........................................................")]
    [TestCase("no database")]
    public void What_is_no_store_is_damaged(string text)
    {
        File.WriteAllText(_lab.Store, text);
        Assert.That(() => HistoryStore.Open(_lab.Store), Throws.TypeOf<HistoryException>()
            .With.Message.Contains(_lab.Store).And.Message.Contains("--rebuild")
            .And.Property(nameof(HistoryException.IsDamaged)).True);
    }

    [TestCase("PRAGMA user_version = 99", "schema version 99 is not known")]
    [TestCase("DROP TABLE result_answers", "no such table")]
    [TestCase("UPDATE run SET started = 'yesterday'", "is damaged")]
    [TestCase("UPDATE result SET status = 'fine'", "'fine' is no KernelStatus")]
    [TestCase("PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'run'", "is damaged")]
    public void A_store_with_what_no_harness_wrote_is_damaged(string sql, string problem)
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        Scalar(sql);
        Assert.That(() => _lab.Ask(h => h.Runs.Count), Throws.TypeOf<HistoryException>()
            .With.Message.Contains(problem).And.Property(nameof(HistoryException.IsDamaged)).True);
    }

    [Test]
    public void A_missing_store_is_not_made_by_reading()
    {
        Assert.That(() => HistoryStore.OpenExisting(_lab.Store),
            Throws.TypeOf<HistoryException>().With.Message.StartsWith($"{_lab.Store}: no such file"));
        Assert.That(_lab.Store, Does.Not.Exist);
    }

    [Test]
    public void Several_runs_may_end_at_once()
    {
        Parallel.For(1, 13, day => _lab.Append(HistoryLab.Night(day, HistoryLab.Kernel("6.1.5"))));
        Assert.That(_lab.Ask(h => h.Runs.Count), Is.EqualTo(12));
    }

    [Test, Explicit("takes minutes; what a year costs")]
    public void A_year_of_nights()
    {
        var cases = Enumerable.Range(0, 1425).Select(i => $"raw.array_of_maps.array.struct.none.variant_{i}").ToList();
        using (var store = HistoryStore.Open(_lab.Store))
        {
            for (var night = 0; night < 365; night++)
            {
                var start = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.Zero).AddDays(night);
                // A prober with another answer every week, and a kernel with one every night.
                var kernels = Enumerable.Range(0, 80).Select(k => Samples.Kernel($"6.{k / 4}.{k}",
                    [.. cases.Select((c, i) =>
                        Samples.Case(c,
                            (i + (k / 4)) % 7 == 0 || i == night / 7 || (k == night % 80 && i == 1000)
                                ? CaseStatus.Fail
                                : CaseStatus.Pass))]));
                var document = Samples.Document() with { Kernels = [.. kernels] };
                store.Append(document with
                {
                    Run = document.Run with
                    {
                        Id = start.ToString("yyyyMMdd-HHmmss", null),
                        StartedAt = start
                    }
                }, "x", Samples.Probes);
            }
        }
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var changes = _lab.Ask(h => Trends.Of(h).Sum(t => t.Changes));
        TestContext.Out.WriteLine($"{new FileInfo(_lab.Store).Length / 1048576.0:0.0} MiB, {Count("answers")} sets; "
            + $"trends with {changes} changes in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private List<(string, string, StoredVerdict)> Answers() => _lab.Ask(h =>
        h.Runs.SelectMany(run =>
            run.Results.SelectMany(r =>
                r.Answers.SelectMany(a =>
                    h.AnswersOf(a.Set).Select(x => (r.Kernel, h.Cases[x.Case], h.Verdicts[x.Verdict])))))
            .OrderBy(a => (a.Kernel, a.Item2)).ToList());

    private long Count(string table) => (long)Scalar($"SELECT count(*) FROM {table}")!;

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_lab.Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // From the tests above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
