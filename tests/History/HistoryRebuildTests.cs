using Harness.History;
using Harness.Results;
using Harness.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Harness.Tests.History;

/// <summary>A store comes from run directories, and no state of it harms a run.</summary>
public sealed class HistoryRebuildTests
{
    private HistoryLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new HistoryLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public void The_run_directories_are_enough()
    {
        _lab.Write(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        _lab.Write(HistoryLab.Night(2, HistoryLab.Kernel("6.1.5")));
        File.CreateSymbolicLink(Path.Combine(_lab.Results, "latest"), "20260102-020000");
        Assert.That(Rebuild(), Is.EqualTo((2, 0, 0, false)));
        Assert.That(_lab.Ask(Trends.Of).Select(t => (t.Run, t.Changes)),
            Is.EqualTo(new[] { ("20260101-020000", 0), ("20260102-020000", 1) }));
    }

    [Test]
    public void A_damaged_run_is_named_and_passed_over()
    {
        _lab.Write(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        var damaged = Path.Combine(_lab.Write(HistoryLab.Night(2)), ResultsFile.Name);
        File.WriteAllText(damaged, "{ \"schemaVersion\": 1, \"run\": ");
        var rebuilt = HistoryRebuild.Run(_lab.Results, Samples.Probes, TimeProvider.System);
        Assert.That(rebuilt.Skipped.Single(), Does.StartWith($"{damaged}:1:"));
        Assert.That(_lab.Ask(h => h.Runs.Count), Is.EqualTo(1));
    }

    [Test]
    public void Runs_whose_directories_are_gone_stay_in_a_sound_store()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)),
            HistoryLab.Night(2, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        _lab.Write(HistoryLab.Night(2, HistoryLab.Kernel("6.1.5")));
        Assert.That(Rebuild(), Is.EqualTo((1, 1, 0, false)));
        Assert.That(_lab.Ask(Trends.Of).Select(t => t.Changes), Is.EqualTo(new[] { 0, 1 }),
            "and what is there is read anew");
    }

    [Test]
    public void A_damaged_store_is_set_aside_and_made_anew()
    {
        _lab.Write(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        File.WriteAllText(_lab.Store, "no database");
        Assert.That(Rebuild(), Is.EqualTo((1, 0, 0, true)));
        Assert.That(_lab.Ask(h => h.Runs.Count), Is.EqualTo(1));
        Assert.That(File.ReadAllText(Directory.GetFiles(_lab.Results, "history.db.damaged-*").Single()),
            Is.EqualTo("no database"), "nobody's data is thrown away");
    }

    [Test]
    public void A_store_that_is_damaged_deep_inside_is_set_aside_too()
    {
        _lab.Append(HistoryLab.Night(1, [.. Enumerable.Range(0, 200).Select(i => HistoryLab.Kernel($"6.1.{i}"))]));
        using (var file = File.Open(_lab.Store, FileMode.Open))
        {
            file.Position = file.Length / 2;
            file.Write(Enumerable.Repeat((byte)0xa5, 8192).ToArray());
        }
        Assert.That(Rebuild(), Is.EqualTo((0, 0, 0, true)));
    }

    [Test]
    public void A_finished_run_is_added()
    {
        var document = HistoryLab.Night(1, HistoryLab.Kernel("6.1.5"));
        Assert.That(HistoryKeeper.Append(document, Samples.Probes, _lab.Results, _lab.Write(document)), Is.Null);
        Assert.That(_lab.Ask(h => h.Runs.Single().Directory), Is.EqualTo(document.Run.Id));
    }

    [Test]
    public void A_run_elsewhere_is_not_added()
    {
        using var elsewhere = new TemporaryDirectory();
        Assert.That(HistoryKeeper.Append(HistoryLab.Night(1), Samples.Probes, _lab.Results, elsewhere["run"]), Is.Null);
        Assert.That(_lab.Store, Does.Not.Exist);
    }

    [Test]
    public void A_damaged_store_costs_a_run_one_line()
    {
        File.WriteAllText(_lab.Store, "no database");
        RequireOneLine("is damaged");
        Assert.That(File.ReadAllText(_lab.Store), Is.EqualTo("no database"));
    }

    [Test]
    public void A_store_that_cannot_be_written_costs_a_run_one_line()
    {
        Directory.CreateDirectory(_lab.Store);
        RequireOneLine(_lab.Store);
    }

    [Test]
    public void A_locked_store_costs_a_run_one_line()
    {
        _lab.Append(HistoryLab.Night(1));
        using var other = new SqliteConnection($"Data Source={_lab.Store};Pooling=False");
        other.Open();
        using (other.BeginTransaction())
        {
            RequireOneLine("another process holds it");
            Assert.That(_lab.Ask(h => h.Runs.Count), Is.EqualTo(1), "a reader does not wait for a writer");
        }
    }

    private void RequireOneLine(string problem)
    {
        var warning = HistoryKeeper.Append(HistoryLab.Night(2), Samples.Probes, _lab.Results,
            Path.Combine(_lab.Results, "20260102-020000"));
        Assert.That(warning, Does.StartWith("the run is whole, and is not in the history: ").And.Contain(problem));
        Assert.That(warning, Does.Not.Contain('\n'));
    }

    private (int Runs, int Kept, int Skipped, bool SetAside) Rebuild()
    {
        var rebuilt = HistoryRebuild.Run(_lab.Results, Samples.Probes, TimeProvider.System);
        return (rebuilt.Runs, rebuilt.Kept, rebuilt.Skipped.Count, rebuilt.SetAside is not null);
    }
}
