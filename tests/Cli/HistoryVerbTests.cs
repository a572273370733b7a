using System.Text.Json;
using Harness.Cli;
using Harness.Results;
using Harness.Tests.History;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class HistoryVerbTests
{
    private HistoryLab _lab = null!;
    private TestTerminal _terminal = null!;

    [SetUp]
    public void MakeLab()
    {
        _lab = new HistoryLab();
        _terminal = new TestTerminal();
    }

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task Without_options_it_shows_the_runs_and_flaky_cases()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)),
            HistoryLab.Night(2, HistoryLab.Kernel("6.1.5")));
        Assert.That(await RunAsync(), Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        Assert.That(_terminal.Output,
            Does.Match(@"20260101-020000\tnightly\.yaml\t1\t0\t1\t1\t0\t0\t0\t1\t0\t1\n").And.Match(
                @"20260102-020000\tnightly\.yaml\t1\t0\t2\t0\t0\t0\t0\t0\t1\t0\n")
            .And.Contain($"{HistoryLab.StructNone} on debian-6.1.5-1-cloud-amd64: fail: rejected at update with EINVAL "
                + "(1 runs, last 20260101-020000) · pass: accepted"));
    }

    [Test]
    public async Task A_case_and_a_date_may_be_asked_for()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        Assert.That(await RunAsync("--case", "*.struct.none", "--stale", "2026-01-31"),
            Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        const string Seen = "20260101-020000 (debian-6.1.5-1-cloud-amd64)";
        Assert.That(_terminal.Output, Is.EqualTo($"""
            {HistoryLab.StructNone}
              pass: accepted: 1 kernel, first seen {Seen}, last {Seen}
            Not tested since 2026-01-31:
              debian-6.1.5-1-cloud-amd64: last tested in 20260101-020000

            """));
    }

    [Test]
    public async Task The_form_for_machines_has_it_all()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        Assert.That(await RunAsync("--json", "--stale", "30", "--case", "*"), Is.EqualTo(ExitCodes.AsExpected),
            _terminal.Error);
        using var json = JsonDocument.Parse(_terminal.Output);
        Assert.That(json.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.GetArrayLength())),
            Is.EqualTo(new[] { ("runs", 1), ("flaky", 0), ("cases", 2), ("stale", 1) }));
        Assert.That(json.RootElement.GetProperty("runs")[0].GetProperty("startedAt").GetString(),
            Is.EqualTo("2026-01-01T02:00:00Z"));
    }

    [Test]
    public async Task A_damaged_store_is_exit_code_2_and_rebuilding_mends_it()
    {
        _lab.Write(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        await File.WriteAllTextAsync(_lab.Store, "no database");
        Assert.That(await RunAsync(), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error,
            Is.EqualTo($"harness: {_lab.Store}: is damaged (file is not a database); `harness history --rebuild` makes "
                + "it anew from the run directories\n"));
        Assert.That(await RunAsync("--rebuild"), Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        Assert.That(await RunAsync(), Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(_terminal.Output, Does.Contain("1 runs read").And.Contain("20260101-020000"));
    }

    [TestCase("--stale", "soon")]
    [TestCase("--stale", "2026-02-30")]
    [TestCase("--stale", "-3")]
    [TestCase("--case", "{open")]
    [TestCase("--case", "nothing.*")]
    [TestCase("--last", "0")]
    public async Task Mistakes_are_exit_code_2(params string[] arguments)
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")));
        Assert.That(await RunAsync(arguments), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain(arguments[0]));
    }

    [Test]
    public async Task Without_a_store_it_says_where_one_comes_from()
    {
        Assert.That(await RunAsync(), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain("no such file").And.Contain("--rebuild"));
    }

    [Test]
    public void Since_is_a_date_or_days_before_now()
    {
        var now = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        Assert.That(HistoryVerb.Since("2026-01-05", now),
            Is.EqualTo(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(HistoryVerb.Since("30", now), Is.EqualTo(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero)));
    }

    private Task<int> RunAsync(params string[] arguments) =>
        _terminal.RunAsync(["history", "--results", _lab.Results, .. arguments]);
}
