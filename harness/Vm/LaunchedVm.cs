using Harness.Processes;

namespace Harness.Vm;

/// <summary>A VM that was launched, and all the processes that belong to it. Disposed, nothing of it is left.</summary>
internal abstract class LaunchedVm : IAsyncDisposable
{
    /// <summary>The launcher's exit code, once the VM has ended by itself.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the VM is left.</exception>
    public abstract Task<int> WaitAsync(CancellationToken cancellation);

    /// <summary>Ends it, waits until nothing of it is left, and gives the launcher's exit code.</summary>
    /// <exception cref="CommandException">It does not end after SIGKILL.</exception>
    public abstract Task<int> KillAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>A VM whose launcher was started for it alone.</summary>
internal sealed class VmOfOwnLauncher(RunningCommand launcher) : LaunchedVm
{
    public override async Task<int> WaitAsync(CancellationToken cancellation) => (await launcher.WaitAsync(cancellation).ConfigureAwait(false)).ExitCode;

    public override async Task<int> KillAsync() => (await launcher.KillAsync().ConfigureAwait(false)).ExitCode;

    public override ValueTask DisposeAsync() => launcher.DisposeAsync();
}
