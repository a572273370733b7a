using System.Globalization;
using Harness.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harness.Cli;

/// <summary>
/// Shows a run to a person at a terminal: what is going on right now is redrawn below the lines of finished kernels.
/// </summary>
internal sealed class LiveDisplay : RunDisplay
{
    private const int RedrawsPerSecond = 5;

    private readonly SortedDictionary<string, string> _active = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private readonly Queue<string> _news = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly DateTime _start = DateTime.UtcNow;
    private readonly Task _drawing;

    public LiveDisplay(Terminal terminal)
        : base(terminal) => _drawing = DrawAsync();

    public override async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        _ending.Dispose();
    }

    protected override void Show(RunEvent happened)
    {
        lock (_reading)
        {
            switch (happened)
            {
                case RunEvent.Noted e:
                    _news.Enqueue($"note: {e.Text}");
                    break;
                case RunEvent.ProvingKvm e:
                    _active[e.KernelId] = "proving KVM";
                    break;
                case RunEvent.AcceleratorChosen e:
                    _news.Enqueue(News(e)!);
                    break;
                case RunEvent.Downloading e:
                    _active[e.KernelId] = "downloading " + Share(e.Received, e.Total);
                    break;
                case RunEvent.Building e:
                    _active[e.KernelId] = "building";
                    break;
                case RunEvent.ImageReady e:
                    _active.Remove(e.KernelId);
                    break;
                case RunEvent.StandIn e:
                    _news.Enqueue(News(e)!);
                    break;
                case RunEvent.Booting e:
                    _active[e.KernelId] = "booting" + Which(e) + (e.Attempt == 1 ? "" : $", attempt {e.Attempt}");
                    break;
                case RunEvent.Probing e:
                    _active[e.KernelId] = "probing     " + Bar(e.Done, e.Total) + $" {e.Done}/{e.Total}";
                    break;
                case RunEvent.Finished e:
                    _active.Remove(e.Result.Id);
                    _news.Enqueue(FinishedLine(e.Result));
                    break;
            }
        }
    }

    private static string Share(long received, long? total) => total is > 0
        ? Bar(received, total.Value) + $" {ByteSize.Text(received)} of {ByteSize.Text(total)}"
        : ByteSize.Text(received);

    private static string Bar(double done, double total)
    {
        const int Width = 20;
        var filled = total > 0 ? (int)Math.Clamp(done / total * Width, 0, Width) : 0;
        return new string('━', filled) + new string('─', Width - filled);
    }

    private async Task DrawAsync()
    {
        await Terminal.Console.Live(new Text("")).AutoClear(true).StartAsync(async context =>
        {
            while (!_ending.IsCancellationRequested)
            {
                Draw(context);
                await Task.Delay(1000 / RedrawsPerSecond, _ending.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            Draw(context);
        }).ConfigureAwait(false);
    }

    private void Draw(LiveDisplayContext context)
    {
        IRenderable picture;
        lock (_reading)
        {
            while (_news.TryDequeue(out var line))
            {
                Terminal.Line(line); // Goes above the live part.
            }
            picture = Picture();
        }
        context.UpdateTarget(picture);
    }

    private Rows Picture()
    {
        var (done, total) = Progress;
        var elapsed = (DateTime.UtcNow - _start).ToString(@"m\:ss", CultureInfo.InvariantCulture);
        var bold = new Style(decoration: Decoration.Bold);
        var rows = new List<IRenderable> { new Text($"{Bar(done, total)} {done} of {total} kernels, {elapsed}", bold) };
        rows.AddRange(_active.Select(a => new Text($"  {a.Key,-44} {a.Value}") { Overflow = Overflow.Ellipsis }));
        return new Rows(rows);
    }
}
