using System.Globalization;
using System.Text;
using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Runs;

namespace Harness.Nights;

/// <summary>
/// One night: runs the matrix, compares the run with the last good night, publishes the site, removes old nights, and
/// hands a summary to the notify command. A step that fails is reported, and the others are done.
/// </summary>
/// <param name="verbs">Runs the verbs that the night consists of.</param>
public sealed class Night(NightOptions options, VerbRunner verbs, TimeProvider clock, Action<NightEvent> tell)
{
    /// <summary>The file below <see cref="NightOptions.Results"/> that the running night locks.</summary>
    private const string LockName = ".nightly.lock";

    /// <summary>How much of a failed run's output the summary quotes.</summary>
    private const int MostLines = 10;

    private const int SigTerm = 15;

    private const int DaysOfWeek = 7;

    private const string ReuseOption = "--reuse";
    private const string RenewOption = "--renew";

    /// <summary>Options of a run with which no kernel is taken over.</summary>
    private static readonly string[] _measuresAll = ["--repeat", "--shuffle"];

    /// <summary>Of <c>harness run</c>.</summary>
    private const string ColdOption = "--cold";
    private const string WarmOption = "--warm";

    /// <summary>By which an interrupted run may end: SIGHUP, SIGINT, SIGKILL, which a second signal sends.</summary>
    private static readonly int[] _endSignals = [1, 2, 9];

    private readonly NightBaseline _baseline = new(options.Results);

    /// <returns>
    /// 0 nothing changed; 1 something did, or on a first night some result is not as expected; 2 nothing was run; 3 a
    /// kernel could not be tested, or the night not compared or published, for a reason on our side; 130 interrupted.
    /// </returns>
    /// <exception cref="UsageException">Another night of the same results is running.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.Results);
        using var held = Files.TryLock(Path.Combine(options.Results, LockName))
            ?? throw new UsageException("another night is running; nothing was run");
        var now = clock.GetUtcNow();
        var id = RunIds.New(now, options.Results);
        var directory = Path.Combine(options.Results, id);
        var run = await verbs(
            [
                "run", "--kernels", options.Kernels, "--refresh", "--out", directory, .. Reuse(now),
                .. Start,
                .. options.RunOptions,
            ],
            cancellation).ConfigureAwait(false);
        tell(new NightEvent.StepEnded(run.Output));
        // From here on, a signal no longer stops the night: what was measured is still summed up.
        var end = EndOf(run, cancellation.IsCancellationRequested);
        var (exitCode, text) = end == RunEnd.Finished
            ? await FinishAsync(id, run).ConfigureAwait(false)
            : Unfinished(id, directory, run, end);
        tell(new NightEvent.Summarised(text));
        await NotifyAsync(text, exitCode, cancellation).ConfigureAwait(false);
        return exitCode;
    }

    /// <summary>How kernels are started, unless the run's own options say it.</summary>
    private IEnumerable<string> Start =>
        options.RunOptions.Contains(WarmOption) || options.RunOptions.Contains(ColdOption) ? []
            : [options.Warm ? WarmOption : ColdOption];

    /// <summary>
    /// A night takes over what is known, and measures each kernel anew within a week; the first one of a month measures
    /// all of them, and compares them with what was known. Who boots each kernel several times, or shuffles its cases,
    /// wants all of them measured.
    /// </summary>
    private IEnumerable<string> Reuse(DateTimeOffset now)
    {
        var ofUser = options.RunOptions.Select(option => option.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return ofUser.Overlaps(_measuresAll) ? []
            :
            [
                .. ofUser.Contains(ReuseOption) ? Array.Empty<string>() : [ReuseOption],
                .. ofUser.Contains(RenewOption) ? Array.Empty<string>()
                    : [RenewOption, Number(options.AllAnew || now.Day == 1 ? 1 : DaysOfWeek)],
            ];
    }

    /// <param name="interrupted">A signal has come.</param>
    private static RunEnd EndOf(VerbResult run, bool interrupted) => run.ExitCode switch
    {
        ExitCodes.AsExpected or ExitCodes.Unexpected or ExitCodes.NotTestable => RunEnd.Finished,
        ExitCodes.Usage => RunEnd.Refused,
        // SIGTERM ended a process that was not yet ready to take it.
        ExitCodes.Interrupted or FinishedCommand.SignalBase + SigTerm => RunEnd.Interrupted,
        var code when interrupted && FinishedCommand.SignalOf(code) is { } signal && _endSignals.Contains(signal) =>
            RunEnd.Interrupted,
        _ => RunEnd.Failed,
    };

    /// <summary>The exit code of a night whose run has finished, before publishing.</summary>
    private static int ExitCodeOf(VerbResult run, ComparisonResult compared) => run.ExitCode == ExitCodes.NotTestable
        ? ExitCodes.NotTestable
        : compared switch
        {
            ComparisonResult.Unchanged => ExitCodes.AsExpected,
            ComparisonResult.Changed => ExitCodes.Unexpected,
            ComparisonResult.NothingEarlier => run.ExitCode,
            _ => ExitCodes.NotTestable,
        };

    private static (int ExitCode, string Text) Unfinished(string id, string directory, VerbResult run, RunEnd end)
    {
        var lastLines = string.Join('\n', run.Output.TrimEnd('\n').Split('\n').TakeLast(MostLines));
        return end switch
        {
            RunEnd.Refused => (ExitCodes.Usage, new NightSummary(id, "nothing was run", lastLines).Text),
            RunEnd.Interrupted => (ExitCodes.Interrupted, new NightSummary(id, "interrupted",
                Directory.Exists(directory) ? $"go on with: harness run --resume --out {directory}" : "").Text),
            _ => (ExitCodes.NotTestable, new NightSummary(id, $"failed with exit code {run.ExitCode}", lastLines).Text),
        };
    }

    private async Task<(int ExitCode, string Text)> FinishAsync(string id, VerbResult run)
    {
        var comparison = await NightComparison.OfAsync(id, options.Results, _baseline, verbs, default)
            .ConfigureAwait(false);
        var exitCode = ExitCodeOf(run, comparison.Result);
        var suits = run.ExitCode != ExitCodes.NotTestable && comparison.Result != ComparisonResult.Failed && Suits(id);
        var done = await PublishAsync(id).ConfigureAwait(false);
        if (suits)
        {
            // Before old nights are removed: those that a link leads to stay.
            _baseline.MoveTo(id);
        }
        done &= await StepAsync("pruning", ["prune", "--results", options.Results, "--keep", Number(options.Keep),
            "--matrix", options.Matrix, "--cache"]).ConfigureAwait(false);
        var summary = new NightSummary(id, comparison.Headline, comparison.Details).WithResults(run, options);
        return (exitCode == ExitCodes.AsExpected && !done ? ExitCodes.NotTestable : exitCode, summary);
    }

    /// <returns>Whether all of it succeeded.</returns>
    private async Task<bool> PublishAsync(string id)
    {
        var done = options.SiteAddress is not { } address || await StepAsync("linking kcidb.json to the site",
            ["report", Path.Combine(options.Results, id), "--format", "kcidb", "--site", address.AbsoluteUri])
            .ConfigureAwait(false);
        return await StepAsync("publishing", ["publish", "--results", options.Results, "--out", options.Site,
            "--matrix", options.Matrix, "--runs", Number(options.Keep),
            "--max-mb", Number(options.MostMegabytes)]).ConfigureAwait(false) && done;
    }

    private bool Suits(string id)
    {
        try
        {
            return NightBaseline.Suits(ResultsFile.Read(Path.Combine(options.Results, id)));
        }
        catch (ResultsException e)
        {
            tell(new NightEvent.Warned(e.Message));
            return false;
        }
    }

    /// <summary>Runs a verb; a failure is reported.</summary>
    /// <returns>Whether it succeeded.</returns>
    private async Task<bool> StepAsync(string name, IReadOnlyList<string> arguments)
    {
        var step = await verbs(arguments, default).ConfigureAwait(false);
        tell(new NightEvent.StepEnded(step.Output));
        if (step.ExitCode == ExitCodes.AsExpected)
        {
            return true;
        }
        tell(new NightEvent.Warned($"{name} failed (above)"));
        return false;
    }

    /// <summary>A summary that could not be sent does not change the night's exit code.</summary>
    /// <param name="interruption">A signal leaves the notify command less time.</param>
    private async Task NotifyAsync(string text, int exitCode, CancellationToken interruption)
    {
        if (options.NotifyCommand is null)
        {
            return;
        }
        using var end = new CancellationTokenSource();
        await using var registration = interruption.Register(() => end.CancelAfter(options.LongestFarewell));
        try
        {
            var sent = await new Command("bash").WithArguments(["-c", options.NotifyCommand])
                .WithEnvironmentVariable("HARNESS_NIGHTLY_EXIT", Number(exitCode))
                .WithStandardInputWriter(stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask())
                .TryRunAsync(end.Token).ConfigureAwait(false);
            tell(new NightEvent.StepEnded(sent.StandardOutput + sent.StandardError));
            if (!sent.IsSuccess)
            {
                tell(new NightEvent.Warned($"--notify-command failed with exit code {sent.ExitCode}"));
            }
        }
        catch (CommandException e)
        {
            tell(new NightEvent.Warned($"--notify-command: {e.Message}"));
        }
        catch (OperationCanceledException)
        {
            var seconds = options.LongestFarewell.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            tell(new NightEvent.Warned($"--notify-command did not end within {seconds} s of a signal and was killed"));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
