using Harness.Analysis;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>Shows a run as a line for each event: for logs and CI.</summary>
internal sealed class PlainDisplay(Terminal terminal) : RunDisplay(terminal)
{
    private readonly BuildPulse _builds = new(TimeProvider.System);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Show(RunEvent happened)
    {
        var line = happened switch
        {
            RunEvent.Started e => Text(e),
            RunEvent.Noted e => $"note: {e.Text}",
            RunEvent.Booting { Attempt: > 1 } e => $"{e.KernelId}: attempt {e.Attempt}{Which(e)}",
            RunEvent.Finished e => FinishedLine(e.Result),
            RunEvent.BuildProgressed e => _builds.LineOf(e.KernelId, e.Progress),
            _ => News(happened),
        };
        if (line is not null)
        {
            Terminal.Line(line);
        }
    }

    private string Text(RunEvent.Started e)
    {
        var kept = e.Resumed.Count > 0 ? $"; {Words.Count(e.Resumed.Count, "result")} kept" : "";
        return $"{Words.Count(Progress.Total, "kernel")}, {Words.Count(e.Cases, "case")}, {e.Jobs} at a time{kept}";
    }
}
