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

    /// <summary>
    /// What became of restoring the guest: <c>null</c> when it was restored, else why not. Done at once for a guest
    /// that was booted.
    /// </summary>
    public virtual Task<string?> RestoredAsync() => Task.FromResult<string?>(null);

    /// <summary>Saves a guest that waits for its orders, and has it go on.</summary>
    /// <param name="directory">For the snapshot's files; <c>null</c> only has the guest go on.</param>
    /// <returns>What was saved, or why nothing was.</returns>
    public virtual Task<(SavedGuest? Saved, string? Problem)> SaveAsync(string? directory) =>
        Task.FromResult<(SavedGuest?, string?)>((null, "its launcher cannot save it"));

    public abstract ValueTask DisposeAsync();
}
