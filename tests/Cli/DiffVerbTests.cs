using System.Text.Json;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class DiffVerbTests
{
    private TemporaryDirectory _directory = null!;
    private TestTerminal _terminal = null!;

    [SetUp]
    public void MakeRuns()
    {
        _directory = new TemporaryDirectory();
        _terminal = new TestTerminal();
        foreach (var (name, document) in new[] { ("older", ChangedRun.Older()), ("newer", ChangedRun.Newer()) })
        {
            Directory.CreateDirectory(_directory[name]);
            ResultsFile.Write(_directory[name, ResultsFile.Name], document);
        }
    }

    [TearDown]
    public void RemoveRuns() => _directory.Dispose();

    [Test]
    public async Task What_changed_is_told_by_kind_and_kernels()
    {
        Assert.That(await _terminal.RunAsync("diff", _directory["older"], _directory["newer", ResultsFile.Name]),
            Is.EqualTo(ExitCodes.Unexpected), _terminal.Error);
        Assert.That(_terminal.Output.Where(c => char.IsControl(c) && c != '\n'), Is.Empty,
            "a guest's words cannot steer the terminal");
        Golden.Matches("diff.txt", _terminal.Output);
    }

    [Test]
    public async Task A_run_does_not_differ_from_itself()
    {
        Assert.That(await _terminal.RunAsync("diff", _directory["newer"], _directory["newer"]),
            Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        Assert.That(_terminal.Output,
            Is.EqualTo("20260131-235959 → 20260131-235959: 9 kernels and 14 verdicts compared.\nNothing changed.\n"));
    }

    [Test]
    public async Task Machines_get_JSON()
    {
        Assert.That(await _terminal.RunAsync("diff", _directory["older"], _directory["newer"], "--json"),
            Is.EqualTo(ExitCodes.Unexpected), _terminal.Error);
        Golden.Matches("diff.json", _terminal.Output);
        using var json = JsonDocument.Parse(_terminal.Output);
        Assert.That(json.RootElement.GetProperty("changed").GetBoolean());
    }

    [Test]
    public async Task Machines_get_JSON_of_no_change_too()
    {
        Assert.That(await _terminal.RunAsync("diff", _directory["newer"], _directory["newer"], "--json"),
            Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(_terminal.Output, Does.StartWith("{\n  \"changed\": false,"));
    }

    [Test]
    public async Task A_file_that_is_no_run_is_refused_with_its_place()
    {
        var damaged = _directory.Write("damaged.json", """{ "schemaVersion": 7 }""");
        Assert.That(await _terminal.RunAsync("diff", _directory["older"], damaged), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.StartWith($"harness: {damaged}: at $.schemaVersion: 7 is not known"));
        Assert.That(await _terminal.RunAsync("diff", _directory["none"], _directory["older"]),
            Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Output, Is.Empty);
    }

    [Test]
    public async Task Two_runs_are_needed() =>
        Assert.That(await _terminal.RunAsync("diff", _directory["older"]), Is.EqualTo(ExitCodes.Usage));
}
