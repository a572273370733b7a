using Harness.Results;
using Harness.Tests.History;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

public sealed class RunPruningTests
{
    private HistoryLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new HistoryLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public void The_newest_complete_runs_stay()
    {
        WriteRuns(1, 2, 3, 4);
        Assert.That(Old(2), Is.EqualTo(new[] { "20260101-020000", "20260102-020000" }));
        Assert.That(Old(4), Is.Empty);
        Assert.That(Old(30), Is.Empty);
    }

    [Test]
    public void What_a_link_points_to_stays_whoever_made_the_link()
    {
        WriteRuns(1, 2, 3, 4);
        Link("baseline", "20260101-020000");
        Link("for-the-paper", Path.Combine(_lab.Results, "20260102-020000") + "/");
        Link("gone", "20250101-020000");
        Assert.That(Old(1), Is.EqualTo(new[] { "20260103-020000" }));
    }

    [Test]
    public void A_link_keeps_a_run_however_it_leads_there()
    {
        WriteRuns(1, 2, 3, 4, 5);
        using var elsewhere = new TemporaryDirectory();
        Directory.CreateSymbolicLink(elsewhere["results"], _lab.Results);
        Link("through-another-path", elsewhere["results", "20260101-020000"]);
        File.CreateSymbolicLink(elsewhere["hop"], Path.Combine(_lab.Results, "20260102-020000"));
        Link("through-a-link", elsewhere["hop"]);
        Link("report.md", Path.Combine("20260103-020000", "results.json"));
        Assert.That(Old(1), Is.EqualTo(new[] { "20260104-020000" }));
    }

    [Test]
    public void An_interrupted_run_stays_while_it_is_newer_than_a_kept_one()
    {
        WriteRuns(2, 4);
        foreach (var day in new[] { 1, 3, 5 })
        {
            WriteInterrupted(day);
        }
        Assert.That(Old(2), Is.EqualTo(new[] { "20260101-020000" }));
        Assert.That(Old(1), Is.EqualTo(new[] { "20260101-020000", "20260102-020000", "20260103-020000" }));
        Assert.That(Old(3), Is.Empty, "they do not count as nights");
    }

    [Test]
    public void A_killed_run_has_only_its_journal_and_is_as_old_as_it_says()
    {
        WriteRuns(2);
        var directory = Directory.CreateDirectory(Path.Combine(_lab.Results, "killed")).FullName;
        using (
            Journal.Open(directory,
                Samples.Request() with { StartedAt = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) }))
        {
            Assert.That(Old(1), Is.Empty, "it is being written");
        }
        Assert.That(Old(1), Is.EqualTo(new[] { "killed" }));
    }

    [Test]
    public void What_is_no_run_is_not_looked_at()
    {
        WriteRuns(2, 3);
        Directory.CreateDirectory(Path.Combine(_lab.Results, "20250101-020000"));
        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(Path.Combine(_lab.Results, "site")).FullName, "index.html"), "mine");
        Assert.That(Old(1), Is.EqualTo(new[] { "20260102-020000" }));
    }

    [Test]
    public void A_damaged_run_is_as_old_as_its_name_says()
    {
        WriteRuns(2);
        foreach (var name in new[] { "20260101-020000", "20260103-020000", "mine" })
        {
            File.WriteAllText(
                Path.Combine(Directory.CreateDirectory(Path.Combine(_lab.Results, name)).FullName, ResultsFile.Name),
                "{");
        }
        Assert.That(Old(1), Is.EqualTo(new[] { "20260101-020000" }));
    }

    [Test]
    public void Runs_of_another_matrix_are_not_looked_at()
    {
        WriteRuns(1, 3);
        var other = HistoryLab.Night(2);
        _lab.Write(other with { Run = other.Run with { Matrix = "kernels.yaml" } });
        Assert.That(Old(1, "nightly.yaml"), Is.EqualTo(new[] { "20260101-020000" }));
        Assert.That(Old(1, "kernels.yaml"), Is.Empty);
    }

    [Test]
    public async Task The_verb_removes_them_and_a_dry_run_only_says_so()
    {
        WriteRuns(1, 2);
        Directory.CreateDirectory(Path.Combine(_lab.Results, ".pruned-20250101-020000"));
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("prune", "--results", _lab.Results, "--keep", "1", "--dry-run"), Is.Zero,
            terminal.Error);
        Assert.That(terminal.Output, Is.EqualTo($"would remove {Path.Combine(_lab.Results, "20260101-020000")}\n"));
        Assert.That(Directory.GetDirectories(_lab.Results), Has.Length.EqualTo(3));
        Assert.That(await terminal.RunAsync("prune", "--results", _lab.Results, "--keep", "1"), Is.Zero,
            terminal.Error);
        Assert.That(Directory.GetDirectories(_lab.Results).Select(Path.GetFileName),
            Is.EqualTo(new[] { "20260102-020000" }));
        Assert.That(await terminal.RunAsync("prune", "--results", _lab.Results, "--keep", "0"), Is.EqualTo(2));
    }

    [Test]
    public void The_head_of_a_document_says_which_run_it_is()
    {
        var document = WholeRun.Document();
        var entry = new RunDirectoryEntry(_lab.Write(document), document.Run.Id);
        Assert.That(RunHeader.Read(entry),
            Is.EqualTo(new RunHeader(document.Run.Id, document.Run.StartedAt, false, "kernels.yaml")));
        var file = Path.Combine(entry.Path, ResultsFile.Name);
        File.WriteAllText(file,
            $"{{ \"padding\": \"{new string('x', 1 << 19)}\", {File.ReadAllText(file).TrimStart().TrimStart('{')}");
        Assert.That(RunHeader.Read(entry)?.Id, Is.EqualTo(document.Run.Id), "wherever it stands");
    }

    private void WriteRuns(params int[] days)
    {
        foreach (var day in days)
        {
            _lab.Write(HistoryLab.Night(day, HistoryLab.Kernel("6.1.5")));
        }
    }

    private void WriteInterrupted(int day)
    {
        var night = HistoryLab.Night(day);
        _lab.Write(night with { Run = night.Run with { Complete = false } });
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_lab.Results, name), target);

    private IEnumerable<string> Old(int keep, string? matrix = null) =>
        RunPruning.Old(_lab.Results, keep, matrix).Select(d => d.Name);
}
