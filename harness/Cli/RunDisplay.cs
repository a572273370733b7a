using System.Globalization;
using Harness.Results;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>Shows a run's events to a person.</summary>
internal abstract class RunDisplay : IAsyncDisposable
{
    private readonly Lock _drawing = new();
    private int _total;
    private int _done;

    protected RunDisplay(Terminal terminal) => Terminal = terminal;

    protected Terminal Terminal { get; }

    public static RunDisplay For(Terminal terminal) =>
        terminal.Live is { } region ? new LiveDisplay(terminal, region) : new PlainDisplay(terminal);

    /// <summary>Takes events from any thread.</summary>
    public void Take(RunEvent happened)
    {
        lock (_drawing)
        {
            switch (happened)
            {
                case RunEvent.Started started:
                    _total = started.Kernels.Count + started.Resumed.Count;
                    _done = started.Resumed.Count;
                    break;
                case RunEvent.StandIn:
                    _total++;
                    break;
                case RunEvent.Finished:
                    _done++;
                    break;
            }
            Show(happened);
        }
    }

    /// <summary>An event that is news in runs and bisections alike, in one line; <c>null</c> for any other.</summary>
    internal static string? News(RunEvent happened) => happened switch
    {
        RunEvent.ProvingKvm => "proving KVM by booting a kernel",
        RunEvent.AcceleratorChosen e => $"accelerator: {e.Accelerator.ToString().ToLowerInvariant()}"
            + (e.Note is null ? "" : $" ({e.Note})"),
        RunEvent.Building e => $"{e.KernelId}: building…",
        RunEvent.ImageReady { FromCache: false } e =>
            $"{e.KernelId}: {(e.Built ? "built" : "downloaded and verified")}",
        RunEvent.Retrying { Retry: var retry } e => string.Create(CultureInfo.InvariantCulture,
            $"{e.KernelId}: {retry.Reason}; again in {retry.Wait.TotalSeconds:0.0} s"),
        RunEvent.StandIn e => $"{e.For} is not served; {e.Kernel.Id} stands in",
        _ => null,
    };

    public abstract ValueTask DisposeAsync();

    protected abstract void Show(RunEvent happened);

    /// <summary>" with LABEL" for another program than the first, and ", repeat 2".</summary>
    protected static string Which(RunEvent.Booting boot) =>
        (boot.Prober.Length == 0 ? "" : $" with {boot.Prober}") + (boot.Repeat == 1 ? "" : $", repeat {boot.Repeat}");

    protected (int Done, int Total) Progress => (_done, _total);

    /// <summary><c>[ 3/22] debian-6.1.192-2-cloud  tested  54 pass, 24 fail (as expected)  5.1 s</c></summary>
    protected string FinishedLine(KernelResult kernel) => FinishedLine(_done, _total, kernel);

    /// <summary>The same, of the kernels of any run.</summary>
    internal static string FinishedLine(int done, int total, KernelResult kernel)
    {
        var width = total.ToString(CultureInfo.InvariantCulture).Length;
        var place = $"[{done.ToString(CultureInfo.InvariantCulture).PadLeft(width)}/{total}]";
        return $"{place} {kernel.Id}: {Analysis.Words.Of(kernel.Status)}{Details(kernel)}";
    }

    private static string Details(KernelResult kernel)
    {
        var counts = kernel.Cases.GroupBy(c => c.Status).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {Analysis.Words.Of(g.Key)}");
        var unexpected = kernel.Cases.Count(c => !c.AsExpected);
        var parts = new[]
        {
            string.Join(", ", counts),
            unexpected > 0 ? $"{unexpected} not as expected" : "",
            kernel.Reason ?? "",
            Analysis.Words.Complained(kernel) ?? "",
            Analysis.KnownRows.Disagreement(kernel) ?? "",
            kernel.Known is { } known ? Analysis.KnownRows.Of(known)
                : kernel.Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{kernel.Seconds:0.0} s") : "",
        };
        return string.Concat(parts.Where(p => p.Length > 0).Select(p => "; " + p));
    }
}
