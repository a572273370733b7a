using CliWrap;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>A VM whose launcher was started for it and for no other.</summary>
internal sealed class DirectVm : LaunchedVm
{
    private readonly RunningCommand _launcher;

    /// <param name="guarded">The launcher, run by <see cref="StandIns.Guard"/>.</param>
    /// <exception cref="CommandException">The guard cannot be started.</exception>
    public DirectVm(Command guarded) =>
        // The pipe is open as long as the harness runs and the guard does.
        _launcher = RunningCommand.Start(
            guarded.WithStandardInputWriter(_ => Task.Delay(Timeout.InfiniteTimeSpan)));

    public override async Task<int> WaitAsync(CancellationToken cancellation) =>
        (await _launcher.WaitAsync(cancellation).ConfigureAwait(false)).ExitCode;

    public override async Task<int> KillAsync() => (await _launcher.KillAsync().ConfigureAwait(false)).ExitCode;

    public override ValueTask DisposeAsync() => _launcher.DisposeAsync();
}
