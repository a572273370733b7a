namespace Harness.Kernels.Git;

/// <summary>Does something every few seconds until it is disposed.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;

    private Heartbeat(Action beat) => _beating = BeatAsync(beat);

    public static Heartbeat Start(Action beat) => new(beat);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task BeatAsync(Action beat)
    {
        while (true)
        {
            await Task.Delay(_pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_end.IsCancellationRequested)
            {
                return;
            }
            beat();
        }
    }
}
