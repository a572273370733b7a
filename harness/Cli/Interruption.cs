using System.Runtime.InteropServices;
using Harness.Processes;

namespace Harness.Cli;

/// <summary>
/// What Ctrl-C, SIGTERM and SIGHUP do to a verb. The first signal ends the run in order: VMs are ended, and the results
/// are written. A further one kills all that the harness has started, so that nothing is left to wait for; the results
/// are written all the same. A harness that still runs <see cref="_patience"/> later is ended.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private Timer? _end;

    public Interruption() => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Take)),
    ];

    /// <summary>Signalled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _end?.Dispose();
        _source.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_source.IsCancellationRequested)
        {
            _source.Cancel();
            return;
        }
        ProcessTree.KillChildren();
        _end ??= new Timer(_ => End(), null, _patience, Timeout.InfiniteTimeSpan);
    }

    private static void End()
    {
        ProcessTree.KillChildren();
        Environment.Exit(ExitCodes.Interrupted);
    }
}
