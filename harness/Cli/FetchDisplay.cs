using Harness.Runs;

namespace Harness.Cli;

/// <summary>Shows downloads and builds: bars where a person watches, nothing elsewhere.</summary>
internal sealed class FetchDisplay(Terminal terminal)
{
    private readonly SortedDictionary<string, string> _active = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();

    /// <param name="fetch">Is given what it must tell events to, from any thread.</param>
    public async Task<T> ShowAsync<T>(Func<Action<RunEvent>, Task<T>> fetch)
    {
        if (terminal.Live is not { } region)
        {
            return await fetch(_ => { }).ConfigureAwait(false);
        }
        await using var picture = new LivePicture(region, Lines);
        return await fetch(Take).ConfigureAwait(false);
    }

    /// <summary>The kernel is there, or cannot be had.</summary>
    public void End(string kernelId)
    {
        lock (_reading)
        {
            _active.Remove(kernelId);
        }
    }

    internal void Take(RunEvent happened)
    {
        lock (_reading)
        {
            switch (happened)
            {
                case RunEvent.Building e:
                    _active[e.KernelId] = "building";
                    break;
                case RunEvent.BuildProgressed e:
                    _active[e.KernelId] = BuildPulse.Drawn(e.Progress);
                    break;
                case RunEvent.Downloading e:
                    _active[e.KernelId] = LivePicture.Share(e.Received, e.Total);
                    break;
            }
        }
    }

    /// <summary>What is drawn at the moment.</summary>
    internal IReadOnlyList<string> Lines()
    {
        lock (_reading)
        {
            return [.. LivePicture.Below(_active)];
        }
    }
}
