using System.Collections.Concurrent;
using Harness.Machines;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>
/// Decides whether a guest is restored, booted so that it can be saved, or booted as ever. A guest that is restored and
/// does not read its orders is booted; what it does after that, it would have done when booted.
/// </summary>
/// <param name="versions">By the machine's name, what its QEMU program answers to <c>--version</c>.</param>
internal sealed class WarmStarts(SnapshotStore store, IReadOnlyDictionary<string, string>? versions)
{
    /// <summary>What begins a line in which the guest's init says on the console why it gives up.</summary>
    private const string Complaint = "prober: ";

    /// <summary>Hashes of files that do not change while the harness runs, by path.</summary>
    private readonly ConcurrentDictionary<string, Task<string>> _hashes = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a guest may wait for its orders. Under KVM a boot is short, and a CPU is not the same everywhere; a
    /// guest that is offered this machine's files has devices that are not saved.
    /// </summary>
    public static bool IsFor(VmSpec spec) => spec is
    {
        Waiting: not null, Lean: true, SharesHost: false, Accelerator: Accelerator.Tcg,
        Machine: { WaitRegister: not null, DebugPort: not null },
    };

    /// <param name="boot">Starts the VM; without a guest that waits, it boots with its programs.</param>
    public async Task<VmEnd> RunAsync(VmSpec spec, Func<WarmGuest?, Task<VmBoot>> boot)
    {
        if (CommandExecution.Find(spec.Machine.QemuProgram) is not { } qemu)
        {
            return (await boot(null).ConfigureAwait(false)).End;
        }
        var key = SnapshotKey.Of(spec, spec.Waiting!, await ProgramsAsync(spec, qemu).ConfigureAwait(false));
        string? cold = null;
        if (store.Find(key) is { } snapshot)
        {
            if (snapshot.Unfit is not null)
            {
                return (await boot(null).ConfigureAwait(false)).End;
            }
            var restored = await TryAsync(boot, new WarmGuest(key, snapshot)).ConfigureAwait(false);
            if (restored.WasAsked)
            {
                return restored.End with { Warm = true };
            }
            SnapshotStore.Remove(snapshot.Directory);
            cold = $"its snapshot is of no use and is removed: {restored.Problem}";
        }
        var waited = await TryAsync(boot, new WarmGuest(key, null)).ConfigureAwait(false);
        var complaint = ComplaintOf(waited.End);
        if (waited.WasAsked || (!waited.WasReady && complaint is null && waited.End.Ending != VmEnding.NotLaunched))
        {
            // It has answered, or it would not have come further with its programs.
            cold ??= waited.Problem is { } problem ? $"it is not saved: {problem}" : null;
            return waited.End with { Cold = cold };
        }
        if (complaint is not null && !waited.WasReady)
        {
            Remember(key, complaint);
        }
        var why = complaint ?? waited.Problem ?? "it did not read its orders";
        return (await boot(null).ConfigureAwait(false)).End with { Cold = $"it cannot wait for its orders: {why}" };
    }

    /// <summary>Saves a guest that is ready, and keeps the snapshot. The guest goes on in any case.</summary>
    /// <param name="console">The file with what its kernel has said.</param>
    /// <returns>Why there is no snapshot; <c>null</c> when there is.</returns>
    public async Task<string?> SaveAsync(WarmGuest guest, LaunchedVm vm, string console)
    {
        var (begun, problem) = Begin();
        try
        {
            if (begun is not null)
            {
                // Before the guest goes on: what it says then is of this run alone.
                SnapshotStore.TakeConsole(begun, console);
            }
            var (saved, failure) = await vm.SaveAsync(begun).ConfigureAwait(false);
            if (saved is null || begun is null)
            {
                return problem ?? failure;
            }
            store.Complete(begun, guest.Key, saved);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
        finally
        {
            if (begun is not null)
            {
                SnapshotStore.Remove(begun);
            }
        }
    }

    /// <summary>A snapshot may go, or be cut, while it is read.</summary>
    private static async Task<VmBoot> TryAsync(Func<WarmGuest?, Task<VmBoot>> boot, WarmGuest guest)
    {
        try
        {
            return await boot(guest).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && guest.Restored is not null)
        {
            return new VmBoot(
                new VmEnd(VmEnding.NotLaunched, "", "", e.Message, null, TimeSpan.Zero), Problem: e.Message);
        }
    }

    private static string? ComplaintOf(VmEnd end) =>
        end.Console.Split('\n').FirstOrDefault(line => line.StartsWith(Complaint, StringComparison.Ordinal))?.Trim();

    private (string? Directory, string? Problem) Begin()
    {
        try
        {
            return (store.Begin(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private void Remember(IReadOnlyList<string> key, string unfit)
    {
        try
        {
            store.Remember(key, unfit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is tried again next time.
        }
    }

    private async Task<SnapshotPrograms> ProgramsAsync(VmSpec spec, string qemu) => new(
        $"{await HashOfAsync(qemu).ConfigureAwait(false)} {versions?.GetValueOrDefault(spec.Machine.Name)}",
        await HashOfAsync(VirtmeHost.Code).ConfigureAwait(false),
        await HashOfAsync(spec.Waiting!.Initramfs).ConfigureAwait(false));

    /// <exception cref="IOException">The file cannot be read.</exception>
    private Task<string> HashOfAsync(string path) =>
        _hashes.GetOrAdd(path, file => Hashes.Sha256OfFileAsync(file, CancellationToken.None));
}
