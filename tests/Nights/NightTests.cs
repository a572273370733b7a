using System.Globalization;
using Harness.Nights;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Nights;

/// <summary>A night whose verbs are fake: what it makes of their exit codes and of results.json.</summary>
public sealed class NightTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory()
    {
        _directory.KillProcesses();
        _directory.Dispose();
    }

    [TestCase("{}", false, TestName = "A_night_whose_results_cannot_be_read_is_none_to_compare_with")]
    [TestCase(null, true, TestName = "A_night_whose_results_are_whole_is_the_next_one_to_compare_with")]
    public async Task Only_a_night_whose_results_can_be_read_moves_the_baseline(string? results, bool moves)
    {
        var events = new List<NightEvent>();
        var night = new Night(Options(), RunAsync, TimeProvider.System, events.Add);
        Assert.That(await night.RunAsync(CancellationToken.None), Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(new DirectoryInfo(_directory["results", "baseline"]).LinkTarget is not null, Is.EqualTo(moves));
        Assert.That(events.OfType<NightEvent.Warned>().Count(), Is.EqualTo(moves ? 0 : 1));

        Task<VerbResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            if (arguments[0] == "run")
            {
                var run = Directory.CreateDirectory(arguments[arguments.ToList().IndexOf("--out") + 1]).FullName;
                ResultsFile.Write(Path.Combine(run, ResultsFile.Name), Samples.Document(Samples.Kernel("6.1.5")));
                if (results is not null)
                {
                    File.WriteAllText(Path.Combine(run, ResultsFile.Name), results);
                }
            }
            return Task.FromResult(new VerbResult(ExitCodes.AsExpected, ""));
        }
    }

    [TestCase(FinishedCommand.SignalBase + 9, true, "interrupted")]
    [TestCase(FinishedCommand.SignalBase + 9, false, "failed with exit code 137")]
    [TestCase(FinishedCommand.SignalBase + 6, true, "failed with exit code 134")]
    public async Task A_run_that_was_killed_is_interrupted_where_a_signal_came(
        int exitCode, bool signal, string headline)
    {
        using var interruption = new CancellationTokenSource();
        var events = new List<NightEvent>();
        var night = new Night(Options(), RunAsync, TimeProvider.System, events.Add);
        Assert.That(await night.RunAsync(interruption.Token),
            Is.EqualTo(headline == "interrupted" ? ExitCodes.Interrupted : ExitCodes.NotTestable));
        Assert.That(events.OfType<NightEvent.Summarised>().Single().Text, Does.Contain($": {headline}\n"));

        async Task<VerbResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            await (signal ? interruption.CancelAsync() : Task.CompletedTask);
            return new VerbResult(exitCode, "");
        }
    }

    [Test]
    public async Task A_notify_command_that_hangs_holds_up_no_night_that_was_interrupted()
    {
        using var interruption = new CancellationTokenSource();
        var events = new List<NightEvent>();
        var options = Options() with
        {
            NotifyCommand = $"echo $$ >{_directory["pid"]}; sleep 622; :",
            LongestFarewell = TimeSpan.FromMilliseconds(400),
        };
        var night = new Night(options, RunAsync, TimeProvider.System, events.Add);
        Assert.That(await night.RunAsync(interruption.Token).WaitAsync(TimeSpan.FromSeconds(30)),
            Is.EqualTo(ExitCodes.Interrupted));
        Assert.That(events.OfType<NightEvent.Warned>().Single().Problem,
            Is.EqualTo("--notify-command did not end within 0.4 s of a signal and was killed"));
        var pid = int.Parse(File.ReadAllText(_directory["pid"]), CultureInfo.InvariantCulture);
        Assert.That(ProcessTable.IsRunning(pid), Is.False);

        async Task<VerbResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            await interruption.CancelAsync();
            return new VerbResult(ExitCodes.Interrupted, "");
        }
    }

    /// <summary>Before publishing, as the site has the night's kcidb.json.</summary>
    [TestCase(null)]
    [TestCase("https://example.org/kernels/")]
    public async Task The_site_gets_its_address_and_its_bound(string? address)
    {
        var verbs = new List<string>();
        var options = Options() with { SiteAddress = address is null ? null : new Uri(address), MostMegabytes = 77 };
        await new Night(options, RunAsync, TimeProvider.System, _ => { }).RunAsync(CancellationToken.None);
        var night = new DirectoryInfo(_directory["results"]).GetDirectories().Single(d => d.LinkTarget is null);
        var publish = $"publish --results {_directory["results"]} --out {_directory["site"]} --matrix matrix.yaml "
            + "--runs 30 --max-mb 77";
        Assert.That(verbs.Where(v => v.Split(' ')[0] is "report" or "publish"),
            Is.EqualTo(address is null
                ? new[] { publish }
                : [$"report {night} --format kcidb --site {address}", publish]));

        Task<VerbResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            verbs.Add(string.Join(' ', arguments));
            if (arguments[0] == "run")
            {
                var run = Directory.CreateDirectory(arguments[arguments.ToList().IndexOf("--out") + 1]).FullName;
                ResultsFile.Write(Path.Combine(run, ResultsFile.Name), Samples.Document(Samples.Kernel("6.1.5")));
            }
            return Task.FromResult(new VerbResult(ExitCodes.AsExpected, ""));
        }
    }

    [TestCase(false, "", "--cold", TestName = "A_night_boots_each_kernel")]
    [TestCase(true, "", "--warm", TestName = "Unless_it_is_told_otherwise")]
    [TestCase(false, "--warm", "--warm", TestName = "Or_its_run_is")]
    [TestCase(true, "--cold", "--cold", TestName = "The_options_of_the_run_come_first")]
    public async Task Starts(bool warm, string runOptions, string start)
    {
        var options = Options() with
        {
            Warm = warm,
            RunOptions = runOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        IReadOnlyList<string> asked = [];
        await new Night(options, RunAsync, TimeProvider.System, _ => { }).RunAsync(CancellationToken.None);
        Assert.That(asked.Where(option => option is "--warm" or "--cold"), Is.EqualTo(new[] { start }));

        Task<VerbResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            asked = arguments;
            return Task.FromResult(new VerbResult(ExitCodes.Usage, ""));
        }
    }

    [TestCase("2026-03-02", false, "", "--reuse --renew 7", TestName = "A_night_takes_over_what_is_known")]
    [TestCase("2026-03-01", false, "", "--reuse --renew 1",
        TestName = "The_first_night_of_a_month_measures_all_and_compares_it_with_what_is_known")]
    [TestCase("2026-03-02", true, "", "--reuse --renew 1", TestName = "So_does_one_that_is_told_to")]
    [TestCase("2026-03-02", false, "--renew 3", "--reuse", TestName = "Users_may_choose_how_old_a_row_may_be")]
    [TestCase("2026-03-02", false, "--reuse", "--renew 7", TestName = "What_a_night_does_anyway_may_be_asked_for")]
    [TestCase("2026-03-02", false, "--repeat 3", "", TestName = "All_is_measured_where_each_kernel_is_booted_often")]
    [TestCase("2026-03-02", false, "--shuffle=7", "", TestName = "All_is_measured_where_cases_are_shuffled")]
    public async Task Reuse(string day, bool allAnew, string runOptions, string added)
    {
        var asked = new List<string>();
        var clock = new Calendar(DateTimeOffset.Parse($"{day}T02:00:00Z", CultureInfo.InvariantCulture));
        var options = Options() with
        {
            AllAnew = allAnew,
            RunOptions = runOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        await new Night(options, RunAsync, clock, _ => { }).RunAsync(CancellationToken.None);
        var ofRun = asked.Single().Split(' ').SkipWhile(word => word != "--out").Skip(2);
        Assert.That(ofRun, Is.EqualTo(
            $"{added} --cold {runOptions}".Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Task<VerbResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            asked.Add(string.Join(' ', arguments));
            return Task.FromResult(new VerbResult(ExitCodes.Usage, ""));
        }
    }

    private NightOptions Options() =>
        new(_directory["matrix.yaml"], _directory["results"], _directory["site"], 30, null, []) { MostMegabytes = 300 };

    private sealed class Calendar(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
