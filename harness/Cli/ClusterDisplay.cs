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
    private DateTimeOffset _start;
    private LivePicture? _picture;
    private readonly Lock _reading = new();
    private IReadOnlyList<ElementStand> _elements = [];
    private int? _total;
    private int _done;

    public ClusterDisplay(Terminal terminal, TimeProvider clock)
    {
        (_terminal, _clock, _start) = (terminal, clock, clock.GetUtcNow());
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
                    (_total, _start) = (e.Kernels, e.SubmittedAt);
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
            var elapsed = Since(_start);
            return _total is { } total
                ?
                [
                    $"{LivePicture.Bar(_done, total)} {_done} of {Words.Count(total, "kernel")}, {elapsed}",
                    .. LivePicture.Below(Doing()),
                ]
                : [$"pinning the kernels for all nodes, {elapsed}"];
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
        ClusterEvent.Tested e => RunDisplay.FinishedLine(_done, _total ?? 0, e.Kernel)
            + (e.Node.Length == 0 ? "" : $"; on {e.Node}"),
        ClusterEvent.Retrying e => $"element {e.Element.Share.Index}: {e.Element.Reason}; it is tried again",
        ClusterEvent.GivenUp e => $"element {e.Element.Share.Index}: {e.Element.Reason}; it is given up",
        ClusterEvent.Noted e => $"note: {e.Text}",
        _ => null,
    };

    /// <summary>
    /// A line for each reason why elements wait, and one for each element that runs: these are many, and the last of
    /// them are left out on a small screen.
    /// </summary>
    private IReadOnlyList<KeyValuePair<string, string>> Doing() =>
    [
        .. _elements.Where(e => e.Phase == ElementPhase.Waiting).GroupBy(e => e.Reason).Select(alike =>
            KeyValuePair.Create(
                Words.Count(alike.Count(), "element"), "waiting" + (alike.Key.Length == 0 ? "" : $": {alike.Key}"))),
        .. _elements.Where(e => e.Phase == ElementPhase.Running).Select(e => KeyValuePair.Create(
            string.Create(CultureInfo.InvariantCulture, $"element {e.Share.Index}")
                + (e.Attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", attempt {e.Attempt}")),
            $"{e.Node} {Since(e)} {string.Join(", ", e.Share.Kernels)}")),
    ];

    private string Since(ElementStand element) =>
        element.StartedAt is { } start ? Since(DateTimeOffset.FromUnixTimeSeconds(start)) : "";

    /// <summary>A clock that differs from that of a node shows no time before the beginning.</summary>
    private string Since(DateTimeOffset start) =>
        TimeSpan.FromTicks(Math.Max(0, (_clock.GetUtcNow() - start).Ticks))
            .ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}
