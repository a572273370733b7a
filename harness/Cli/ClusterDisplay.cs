using System.Globalization;
using Harness.Analysis;
using Harness.Cluster;

namespace Harness.Cli;

/// <summary>
/// Shows a run on a cluster: a line for each event, and below them, where a person watches, how the elements stand.
/// </summary>
internal sealed class ClusterDisplay : IAsyncDisposable
{
    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private LivePicture? _picture;
    private readonly Lock _reading = new();
    private IReadOnlyList<ElementStand> _elements = [];
    private int _total;
    private int _done;

    public ClusterDisplay(Terminal terminal, TimeProvider clock)
    {
        (_terminal, _clock, _start) = (terminal, clock, clock.GetTimestamp());
        _picture = terminal.Live is { } region ? new LivePicture(region, Lines) : null;
    }

    /// <summary>Takes events from any thread.</summary>
    public void Take(ClusterEvent happened)
    {
        lock (_reading)
        {
            switch (happened)
            {
                case ClusterEvent.Submitted { Attempt: 1 } e:
                    _total = e.Kernels;
                    break;
                case ClusterEvent.Attached e:
                    _total = e.Kernels;
                    break;
                case ClusterEvent.Looked e:
                    _elements = e.Elements;
                    break;
                case ClusterEvent.Tested:
                    _done++;
                    break;
                case ClusterEvent.GivenUp e:
                    _done += e.Element.Share.Kernels.Count;
                    break;
            }
            if (LineOf(happened) is { } line)
            {
                _terminal.Line(line);
            }
        }
    }

    /// <summary>Draws no longer; what happens later is a line.</summary>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _picture, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>What is drawn at the moment.</summary>
    internal IReadOnlyList<string> Lines()
    {
        lock (_reading)
        {
            var elapsed = _clock.GetElapsedTime(_start).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
            return
            [
                $"{LivePicture.Bar(_done, _total)} {_done} of {Words.Count(_total, "kernel")}, {elapsed}",
                .. LivePicture.Below(Doing()),
            ];
        }
    }

    private string? LineOf(ClusterEvent happened) => happened switch
    {
        ClusterEvent.Submitted { Attempt: 1 } e => $"job {e.Job}: {Words.Count(e.Elements, "element")},"
            + $" {Words.Count(e.Kernels, "kernel")}, in {e.Directory}",
        ClusterEvent.Submitted e => $"job {e.Job}: {Words.Count(e.Elements, "element")} again, attempt {e.Attempt}",
        ClusterEvent.Attached e => $"job {string.Join(", ", e.Jobs)}: {Words.Count(e.Elements, "element")},"
            + $" {Words.Count(e.Kernels, "kernel")}, in {e.Directory}",
        ClusterEvent.Began e when _picture is null =>
            $"element {e.Element.Share.Index} is on {e.Element.Node}: {string.Join(", ", e.Element.Share.Kernels)}",
        ClusterEvent.Tested e => RunDisplay.FinishedLine(_done, _total, e.Kernel)
            + (e.Node.Length == 0 ? "" : $"; on {e.Node}"),
        ClusterEvent.Retrying e => $"element {e.Element.Share.Index}: {e.Element.Reason}; it is tried again",
        ClusterEvent.GivenUp e => $"element {e.Element.Share.Index}: {e.Element.Reason}; it is given up",
        ClusterEvent.Noted e => $"note: {e.Text}",
        _ => null,
    };

    /// <summary>A line for each element that runs, and one for each reason why others wait.</summary>
    private Dictionary<string, string> Doing()
    {
        var now = _clock.GetUtcNow();
        var doing = _elements.Where(e => e.Phase == ElementPhase.Running).ToDictionary(
            e => string.Create(CultureInfo.InvariantCulture, $"element {e.Share.Index}"),
            e => $"{e.Node} {Since(e, now)} {string.Join(", ", e.Share.Kernels)}");
        foreach (var waiting in _elements.Where(e => e.Phase == ElementPhase.Waiting).GroupBy(e => e.Reason))
        {
            doing[Words.Count(waiting.Count(), "element")] =
                "waiting" + (waiting.Key.Length == 0 ? "" : $": {waiting.Key}");
        }
        return doing;
    }

    private static string Since(ElementStand element, DateTimeOffset now) => element.StartedAt is { } start
        ? (now - DateTimeOffset.FromUnixTimeSeconds(start)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : "";
}
