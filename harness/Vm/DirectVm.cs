using Harness.Processes;

namespace Harness.Vm;

/// <summary>A VM whose launcher was started for it and for no other.</summary>
internal sealed class DirectVm(RunningCommand launcher) : LaunchedVm
{
    public override async Task<int> WaitAsync(CancellationToken cancellation) =>
        (await launcher.WaitAsync(cancellation).ConfigureAwait(false)).ExitCode;

    public override async Task<int> KillAsync() => (await launcher.KillAsync().ConfigureAwait(false)).ExitCode;

    public override ValueTask DisposeAsync() => launcher.DisposeAsync();
}
