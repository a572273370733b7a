using Harness.Processes;

namespace Harness.Vm;

/// <summary>A VM that was launched, with all its processes. Disposing it ends them.</summary>
internal abstract class LaunchedVm : IAsyncDisposable
{
    /// <summary>The launcher's exit code, once the VM has ended by itself.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the VM is left.</exception>
    public abstract Task<int> WaitAsync(CancellationToken cancellation);

    /// <summary>Ends it, waits until no process of it is left, and returns the launcher's exit code.</summary>
    /// <exception cref="CommandException">It does not end after SIGKILL.</exception>
    public abstract Task<int> KillAsync();

    public abstract ValueTask DisposeAsync();
}
