using Harness.Runs;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Harness.Cli;

/// <summary>The structured log of a run: <c>harness.log</c>, a JSON object a line; warnings on standard error, too.</summary>
internal sealed class RunLog : IAsyncDisposable
{
    public const string FileName = "harness.log";

    private readonly Logger _log;

    public RunLog(string directory, Terminal terminal, bool verbose)
    {
        var level = verbose ? LogEventLevel.Debug : LogEventLevel.Error;
        _log = new LoggerConfiguration().MinimumLevel.Debug()
            .WriteTo.File(new JsonFormatter(renderMessage: true), Path.Combine(directory, FileName))
            .WriteTo.Console(level, standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: System.Globalization.CultureInfo.InvariantCulture)
            .CreateLogger();
        _log.Information("harness {Version}, interactive {Interactive}", HostFacts.HarnessVersion, terminal.IsInteractive);
    }

    public void Take(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Started e:
                _log.Information("{Kernels} kernels, {Cases} cases, {Jobs} at a time, in {Directory}; {Resumed} results stand", e.Kernels.Count, e.Cases, e.Jobs, e.Directory, e.Resumed.Count);
                break;
            case RunEvent.Noted e:
                _log.Warning("{Note}", e.Text);
                break;
            case RunEvent.AcceleratorChosen e:
                _log.Information("accelerator {Accelerator}: {Note}", e.Accelerator, e.Note);
                break;
            case RunEvent.Finished { Result: var k }:
                _log.Write(k.AsExpected ? LogEventLevel.Information : LogEventLevel.Warning,
                    "{Kernel} {Status} after {Seconds} s, {Attempts} attempts, {Cases} cases: {Reason}", k.Id, k.Status, k.Seconds, k.Attempts, k.Cases.Count, k.Reason);
                break;
            case RunEvent.Downloading or RunEvent.Probing:
                break; // Progress, not news.
            default:
                _log.Debug("{@Event}", happened);
                break;
        }
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();
}
