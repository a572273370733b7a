using System.Diagnostics;

namespace Harness.Vm;

/// <summary>
/// Watches one guest that waits for its orders: has it saved when it is ready, and gives up one that does not read its
/// orders in time.
/// </summary>
internal sealed class WaitingWatch(WarmStarts warm, WarmGuest guest, LaunchedVm vm, VmSpec spec, GuestOutput output)
{
    /// <summary>
    /// From when a guest could read its orders until it has. It takes a hundredth of a second, and a few tenths on a
    /// busy host.
    /// </summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly Task<string?> _restored = vm.RestoredAsync();
    private readonly Stopwatch _waiting = new();
    private Task<string?>? _saved;

    /// <summary>The guest has not read its orders in time.</summary>
    public bool IsOverdue => !output.WasAsked && _waiting.Elapsed > TimeSpan.FromTicks(
        Math.Min(_longest.Ticks, spec.Deadline.Ticks / 2));

    /// <summary>To be called often.</summary>
    public void Look()
    {
        if (output.IsReady && guest.Restored is null)
        {
            _saved ??= warm.SaveAsync(guest, vm, spec.ConsoleFile);
        }
        if (guest.Restored is not null || _saved?.IsCompleted == true)
        {
            _waiting.Start();
        }
    }

    /// <summary>Why the guest was not saved or restored; <c>null</c> when it was, or had not come so far.</summary>
    /// <param name="end">Of the VM, all of whose processes have ended.</param>
    public async Task<string?> ProblemAsync(VmEnd end)
    {
        if (guest.Restored is null)
        {
            return _saved is null ? null : await _saved.ConfigureAwait(false);
        }
        if (output.WasAsked)
        {
            return null;
        }
        // What the launcher and QEMU say themselves tells more than that QEMU is gone.
        var said = end.LauncherError.Trim();
        return said.Length > 0 ? said.Split('\n')[^1]
            : await _restored.ConfigureAwait(false) ?? "the restored guest does not read its orders";
    }
}
