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

    /// <summary>From when it is known that a guest is not restored: its QEMU may be about to end by itself.</summary>
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(1);

    /// <summary>For which a guest's deadline waits while it is saved: a thousand times what that takes.</summary>
    private static readonly TimeSpan _longestHeld = TimeSpan.FromSeconds(60);

    private readonly Task<string?> _restored = vm.RestoredAsync();
    private readonly Stopwatch _waiting = new();
    private readonly Stopwatch _failed = new();
    private readonly Stopwatch _held = new();
    private Task<string?>? _saved;

    /// <summary>The guest has not read its orders in time, or it is known that it will not.</summary>
    public bool IsOverdue => !output.WasAsked
        && (_failed.Elapsed > _longestEnd
            || _waiting.Elapsed > TimeSpan.FromTicks(Math.Min(_longest.Ticks, spec.Deadline.Ticks / 2)));

    /// <summary>How long the guest was held while it was saved, as far as that is no part of its deadline.</summary>
    public TimeSpan Held => TimeSpan.FromTicks(Math.Min(_held.Elapsed.Ticks, LongestHeld(guest).Ticks));

    /// <summary>Until when the VM may run, since its launch.</summary>
    public TimeSpan Deadline => spec.Deadline + Held;

    /// <summary>At most so long a guest's deadline waits.</summary>
    public static TimeSpan LongestHeld(WarmGuest? guest) => guest is { Restored: null } ? _longestHeld : TimeSpan.Zero;

    /// <summary>To be called often.</summary>
    public void Look()
    {
        if (output.IsReady && guest.Restored is null)
        {
            _saved ??= warm.SaveAsync(guest, vm, spec.ConsoleFile, _held);
        }
        if (_restored.IsCompletedSuccessfully && _restored.Result is not null)
        {
            _failed.Start();
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
