using System.Runtime.InteropServices;
using Harness.Processes;

namespace Harness.Cli;

/// <summary>Lines that say what is going on, drawn anew several times a second until this is disposed.</summary>
internal sealed class LivePicture : IAsyncDisposable
{
    private const int RedrawsPerSecond = 5;

    private readonly LiveRegion _region;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<PosixSignalRegistration> _signals;
    private readonly Task _drawing;

    /// <param name="lines">The lines as they are at the moment; called from another thread.</param>
    public LivePicture(LiveRegion region, Func<IReadOnlyList<string>> lines)
    {
        _region = region;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTSTP, signal => Suspend(region, signal)),
            PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Continue(region)),
        ];
        _drawing = DrawAsync(lines);
    }

    /// <summary>A bar of 20 columns.</summary>
    public static string Bar(double done, double total)
    {
        const int Width = 20;
        var filled = total > 0 ? (int)Math.Clamp(done / total * Width, 0, Width) : 0;
        return new string('━', filled) + new string('─', Width - filled);
    }

    /// <summary>A bar and the bytes; the bytes alone where nobody knows how many there will be.</summary>
    public static string Share(long received, long? total) => total is > 0
        ? Bar(received, total.Value) + $" {ByteSize.Text(received)} of {ByteSize.Text(total)}"
        : ByteSize.Text(received);

    /// <summary>Names and what each is doing, one a line, the second part below each other.</summary>
    public static IEnumerable<string> Below(IReadOnlyCollection<KeyValuePair<string, string>> doing)
    {
        var width = doing.Select(d => TextFolding.Width(d.Key)).DefaultIfEmpty(0).Max();
        return doing.Select(d => $"  {d.Key}{new string(' ', width - TextFolding.Width(d.Key))}  {d.Value}");
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        _signals.ForEach(signal => signal.Dispose());
        _region.Show([]);
        _ending.Dispose();
    }

    /// <summary>Ctrl-Z. .NET would not stop the process itself, once there is a handler.</summary>
    private static void Suspend(LiveRegion region, PosixSignalContext signal)
    {
        signal.Cancel = true;
        region.Pause();
        ProcessTree.Suspend();
    }

    /// <summary>The shell's <c>fg</c> gives the terminal back, its <c>bg</c> does not.</summary>
    private static void Continue(LiveRegion region)
    {
        if (TerminalJob.IsForeground())
        {
            region.Resume();
        }
    }

    private async Task DrawAsync(Func<IReadOnlyList<string>> lines)
    {
        while (!_ending.IsCancellationRequested)
        {
            _region.Show(lines());
            await Task.Delay(1000 / RedrawsPerSecond, _ending.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
