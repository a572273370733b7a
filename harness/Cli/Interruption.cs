using System.Runtime.InteropServices;
using Harness.Processes;

namespace Harness.Cli;

/// <summary>
/// What Ctrl-C, SIGTERM and SIGHUP do to a verb. The first signal ends it in order: VMs are ended, and the results are
/// written. A further one kills all that the harness has started, so that nothing is left to wait for; the results
/// are written all the same. A verb that still runs some time later is not waited for any longer.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long a verb may take after the second signal.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeSpan? _whole;
    private Timer? _end;
    private bool _disposed;

    /// <param name="whole">
    /// Of a verb that runs others, each with an interruption of its own: how long it may take after the second signal,
    /// which ends nothing but the verb that runs then. <c>null</c> for any other verb.
    /// </param>
    public Interruption(TimeSpan? whole = null)
    {
        _whole = whole;
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, Take)),
        ];
    }

    /// <summary>Signalled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Waits for a verb, or for as long as one that was interrupted twice may take.</summary>
    /// <returns>The verb's exit code.</returns>
    public async Task<int> WaitAsync(Task<int> verb)
    {
        if (await Task.WhenAny(verb, _givenUp.Task).ConfigureAwait(false) == verb)
        {
            return await verb.ConfigureAwait(false);
        }
        ProcessTree.KillChildren();
        return ExitCodes.Interrupted;
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        lock (_gate)
        {
            _disposed = true;
            _end?.Dispose();
            _source.Dispose();
        }
    }

    /// <summary>Runs on a thread of its own, and may come late.</summary>
    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }
            if (!_source.IsCancellationRequested)
            {
                // Not here: what is registered with the token may take its time, and the next signal must not wait.
                _ = _source.CancelAsync();
                return;
            }
            if (_whole is null)
            {
                ProcessTree.KillChildren();
            }
            _end ??= new Timer(_ => _givenUp.TrySetResult(), null, _whole ?? _patience, Timeout.InfiniteTimeSpan);
        }
    }
}
