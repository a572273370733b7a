using System.Globalization;
using Harness.Analysis;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>
/// Shows a run to a person at a terminal: what is going on right now is redrawn below the lines of finished kernels.
/// </summary>
internal sealed class LiveDisplay : RunDisplay
{
    private readonly SortedDictionary<string, string> _active = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private readonly DateTime _start = DateTime.UtcNow;
    private readonly LivePicture _picture;

    public LiveDisplay(Terminal terminal, LiveRegion region)
        : base(terminal) => _picture = new LivePicture(region, Lines);

    public override ValueTask DisposeAsync() => _picture.DisposeAsync();

    protected override void Show(RunEvent happened)
    {
        lock (_reading)
        {
            switch (happened)
            {
                case RunEvent.Noted e:
                    Terminal.Line($"note: {e.Text}");
                    break;
                case RunEvent.ProvingKvm e:
                    _active[e.KernelId] = "proving KVM";
                    break;
                case RunEvent.AcceleratorChosen e:
                    Terminal.Line(News(e)!);
                    break;
                case RunEvent.Downloading e:
                    _active[e.KernelId] = "downloading " + LivePicture.Share(e.Received, e.Total);
                    break;
                case RunEvent.Building e:
                    _active[e.KernelId] = "building";
                    break;
                case RunEvent.BuildProgressed e:
                    _active[e.KernelId] = BuildPulse.Drawn(e.Progress);
                    break;
                case RunEvent.ImageReady e:
                    _active.Remove(e.KernelId);
                    break;
                case RunEvent.StandIn e:
                    Terminal.Line(News(e)!);
                    break;
                case RunEvent.Booting e:
                    _active[e.KernelId] = "booting" + Which(e) + (e.Attempt == 1 ? "" : $", attempt {e.Attempt}");
                    break;
                case RunEvent.Probing e:
                    _active[e.KernelId] = "probing     " + LivePicture.Bar(e.Done, e.Total) + $" {e.Done}/{e.Total}";
                    break;
                case RunEvent.Finished e:
                    _active.Remove(e.Result.Id);
                    Terminal.Line(FinishedLine(e.Result));
                    break;
            }
        }
    }

    private IReadOnlyList<string> Lines()
    {
        lock (_reading)
        {
            var (done, total) = Progress;
            var elapsed = (DateTime.UtcNow - _start).ToString(@"m\:ss", CultureInfo.InvariantCulture);
            return
            [
                $"{LivePicture.Bar(done, total)} {done} of {Words.Count(total, "kernel")}, {elapsed}",
                .. LivePicture.Below(_active),
            ];
        }
    }
}
