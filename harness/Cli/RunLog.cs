using System.Globalization;
using Harness.Cluster;
using Harness.Runs;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Sinks.SystemConsole.Themes;

namespace Harness.Cli;

/// <summary>
/// The structured log of a run: <c>harness.log</c>, one JSON object a line in Serilog's compact format, with the time
/// in <c>@t</c> and the sentence in <c>@m</c>. Errors, and with <c>--verbose</c> everything, go to standard error too.
/// </summary>
internal sealed class RunLog : IAsyncDisposable
{
    public const string FileName = RunDirectory.LogName;

    private readonly Logger _log;

    public RunLog(string directory, Terminal terminal, bool verbose)
    {
        var consoleLevel = verbose ? LogEventLevel.Debug : LogEventLevel.Error;
        _log = new LoggerConfiguration().MinimumLevel.Debug()
            .WriteTo.File(new RenderedCompactJsonFormatter(), Path.Combine(directory, FileName))
            .WriteTo.Console(
                consoleLevel,
                formatProvider: CultureInfo.InvariantCulture,
                theme: ConsoleTheme.None, // The others write past the streams, and change the terminal's modes.
                standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
        _log.Information("harness {Version:l}, interactive {Interactive}",
            HostFacts.HarnessVersion, terminal.IsInteractive);
    }

    public void Take(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Started e:
                _log.Information(
                    "{Kernels} kernels, {Cases} cases, {Jobs} at a time, in {Directory:l}; {Resumed} results stand",
                    e.Kernels.Count, e.Cases, e.Jobs, e.Directory, e.Resumed.Count);
                break;
            case RunEvent.Noted e:
                _log.Warning("{Note:l}", e.Text);
                break;
            case RunEvent.AcceleratorChosen e:
                _log.Information("accelerator {Accelerator}: {Note:l}", e.Accelerator, e.Note);
                break;
            case RunEvent.Retrying { Retry: var retry } e:
                _log.Warning("{Kernel:l}: {Stage}, attempt {Attempt} failed, again in {Wait} s: {Reason:l}",
                    e.KernelId, e.Stage, retry.Attempt, retry.Wait.TotalSeconds, retry.Reason);
                break;
            case RunEvent.Finished { Result: { Known: { } known } kernel }:
                _log.Information("{Kernel:l} is known: {Status} in run {Run:l}, {Cases} cases",
                    kernel.Id, kernel.Status, known.Run, kernel.Cases.Count);
                break;
            case RunEvent.BootedCold e:
                _log.Information("{Kernel:l} was booted: {Reason:l}", e.KernelId, e.Reason);
                break;
            case RunEvent.Finished { Result: var kernel }:
                _log.Write(kernel.AsExpected ? LogEventLevel.Information : LogEventLevel.Warning,
                    "{Kernel:l} {Status} after {Seconds} s, {Attempts} attempts, {Cases} cases: {Reason:l}",
                    kernel.Id, kernel.Status, kernel.Seconds, kernel.Attempts, kernel.Cases.Count, kernel.Reason);
                break;
            case RunEvent.Downloading or RunEvent.Probing:
                break; // These come many times a second and only draw the progress display.
            default:
                _log.Debug("{@Event}", happened);
                break;
        }
    }

    public void Take(ClusterEvent happened)
    {
        switch (happened)
        {
            case ClusterEvent.Retrying { Element: var element }:
                _log.Warning("element {Element}, attempt {Attempt}, failed and is tried again: {Reason:l}",
                    element.Share.Index, element.Attempt, element.Reason);
                break;
            case ClusterEvent.GivenUp { Element: var element }:
                _log.Warning("element {Element}, attempt {Attempt}, failed and is given up: {Reason:l}",
                    element.Share.Index, element.Attempt, element.Reason);
                break;
            case ClusterEvent.Noted e:
                _log.Warning("{Note:l}", e.Text);
                break;
            case ClusterEvent.Tested { Kernel: var kernel } e:
                _log.Information("{Kernel:l} {Status} on {Node:l}", kernel.Id, kernel.Status, e.Node);
                break;
            case ClusterEvent.Began { Element: var element }:
                _log.Information("element {Element}, attempt {Attempt}, is on {Node:l}",
                    element.Share.Index, element.Attempt, element.Node);
                break;
            case ClusterEvent.Submitted e:
                _log.Information("job {Job:l} has {Elements} elements, attempt {Attempt}",
                    e.Job, e.Elements, e.Attempt);
                break;
            case ClusterEvent.Attached e:
                _log.Information("{Elements} elements of job {Jobs:l} are waited for",
                    e.Elements, string.Join(", ", e.Jobs));
                break;
        }
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();
}
