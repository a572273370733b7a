using System.Diagnostics;
using System.Text;
using Harness.Machines;

namespace Harness.Vm;

/// <summary>
/// Decides whether a guest is restored, booted so that it can be saved, or booted as ever. A guest that is restored and
/// does not read its orders is booted; what it does after that, the caller has to check (<see cref="Distrust"/>).
/// </summary>
/// <param name="keyOf">All that a guest's snapshot depends on; <c>null</c> where it is not known.</param>
/// <param name="unhealthy">
/// What on a console says that its kernel is not as it should be; <c>null</c> when nothing does. Such a kernel is not
/// saved.
/// </param>
internal sealed class WarmStarts(
    SnapshotStore store, Func<VmSpec, Task<IReadOnlyList<string>?>> keyOf, Func<string, string?> unhealthy)
{
    /// <summary>What begins a line in which the guest's init says on the console why it gives up.</summary>
    private const string Complaint = "prober: ";

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
        var (key, problem) = await KeyOfAsync(spec).ConfigureAwait(false);
        var known = key is null ? null : store.Find(key);
        if (key is null || known?.Unfit is not null)
        {
            return await ColdAsync(boot, problem).ConfigureAwait(false);
        }
        if (spec.Alone && known is not { IsSaved: true, Ends.Count: > 0 })
        {
            // Most of them kill, and where it is not known how a booted one ends, what kills a restored one would be
            // asked of a booted one as well.
            return await ColdAsync(boot, null).ConfigureAwait(false) with { SnapshotKey = key };
        }
        if (known is null && !spec.Waiting!.AtOnce)
        {
            var first = await ColdAsync(boot, null).ConfigureAwait(false);
            Try(() => store.RememberBoot(key));
            return first;
        }
        var before = new GivenUpGuests(spec, unhealthy);
        string? cold = null;
        if (known is { IsSaved: true })
        {
            var restored = await TryAsync(boot, new WarmGuest(key, known)).ConfigureAwait(false);
            if (restored.WasAsked)
            {
                return restored.End with { Warm = true, SnapshotKey = key, KnownEnds = known.Ends };
            }
            store.Remove(key);
            cold = $"its snapshot is of no use and is removed: {restored.Problem}";
            if (ComplaintOf(restored.End) is { } complaint)
            {
                Try(() => store.Remember(key, complaint));
                return await ColdAsync(boot, $"{cold}: {complaint}").ConfigureAwait(false);
            }
            before.Add(restored.End, "restored from a snapshot");
        }
        return await WaitingAsync(boot, key, before, cold).ConfigureAwait(false) with { GivenUp = before.All };
    }

    /// <summary>
    /// Saves a guest that is ready, and keeps the snapshot. The guest goes on in any case; it is held until the stop
    /// watch stops.
    /// </summary>
    /// <param name="console">The file with what its kernel has said.</param>
    /// <returns>Why there is no snapshot; <c>null</c> when there is.</returns>
    public async Task<string?> SaveAsync(WarmGuest guest, LaunchedVm vm, string console, Stopwatch held)
    {
        string? begun = null;
        held.Start();
        try
        {
            // Before the guest goes on: what it says then is of this run alone.
            var said = Files.ReadBytes(console, OutputLimits.Default.Console);
            (begun, var problem) = Begin(said);
            var (saved, failure) = await vm.SaveAsync(begun).ConfigureAwait(false);
            held.Stop();
            if (saved is null || begun is null || saved.Console != said.Length)
            {
                return problem ?? failure ?? "its kernel said something while it was saved";
            }
            store.Complete(begun, guest.Key, saved, said);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
        finally
        {
            held.Stop();
            if (begun is not null)
            {
                SnapshotStore.Remove(begun);
            }
        }
    }

    /// <summary>
    /// Removes a snapshot from which a guest was restored that answered otherwise than a booted one. For a while, none
    /// is made of it.
    /// </summary>
    public void Distrust(IReadOnlyList<string> key, string why) => Try(() => store.Remember(key, why));

    /// <summary>Remembers how a guest ended that was booted and asked what may kill it.</summary>
    public void RememberEnd(IReadOnlyList<string> key, string how) => Try(() => store.RememberEnd(key, how));

    /// <summary>Removes what is known of guests with an image.</summary>
    public void Forget(string imageSha256) => Try(() => store.RemoveOf(imageSha256));

    /// <summary>Boots a guest so that it can be saved, and with its programs where it cannot wait for them.</summary>
    /// <param name="cold">Why it is not restored; <c>null</c> when that was not tried.</param>
    private async Task<VmEnd> WaitingAsync(
        Func<WarmGuest?, Task<VmBoot>> boot, IReadOnlyList<string> key, GivenUpGuests before, string? cold)
    {
        var waited = await boot(new WarmGuest(key, null)).ConfigureAwait(false);
        var end = waited.End with { Waited = true, SnapshotKey = key };
        if (waited.WasAsked)
        {
            return end with { Cold = cold ?? (waited.Problem is { } problem ? $"it is not saved: {problem}" : null) };
        }
        if (NeverRan(end))
        {
            cold ??= $"this QEMU has no guest that waits: {LastLine(end.LauncherError)}";
            return await ColdAsync(boot, cold).ConfigureAwait(false);
        }
        var complaint = ComplaintOf(end);
        if (!waited.WasReady && complaint is null)
        {
            return end with { Cold = cold }; // It would not have come further with its programs.
        }
        // What it was saved as would not read its orders either.
        store.Remove(key);
        if (complaint is not null)
        {
            Try(() => store.Remember(key, complaint));
        }
        else
        {
            before.Add(end, "booted to be saved");
        }
        var why = complaint ?? waited.Problem ?? "it did not read its orders";
        return await ColdAsync(boot, $"it cannot wait for its orders: {why}").ConfigureAwait(false);
    }

    private static async Task<VmEnd> ColdAsync(Func<WarmGuest?, Task<VmBoot>> boot, string? why) =>
        (await boot(null).ConfigureAwait(false)).End with { Cold = why };

    /// <summary>A snapshot may go, or be cut, while it is read.</summary>
    private static async Task<VmBoot> TryAsync(Func<WarmGuest?, Task<VmBoot>> boot, WarmGuest guest)
    {
        try
        {
            return await boot(guest).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new VmBoot(
                new VmEnd(VmEnding.NotLaunched, "", "", e.Message, null, TimeSpan.Zero), Problem: e.Message);
        }
    }

    /// <summary>QEMU, or what starts it, ended before the guest's first byte.</summary>
    private static bool NeverRan(VmEnd end) => end.Ending == VmEnding.NotLaunched
        || end is { Ending: VmEnding.Exited, Console.Length: 0, Channel.Length: 0 }
            && end.LauncherError.Trim().Length > 0;

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];

    /// <summary>
    /// Why the guest's init gave up, where it did: it says nothing else before it has read its orders. A kernel that
    /// is not well may make it say anything.
    /// </summary>
    private string? ComplaintOf(VmEnd end) => unhealthy(end.Console) is not null
        ? null
        : end.Console.Split('\n').FirstOrDefault(line => line.StartsWith(Complaint, StringComparison.Ordinal))?.Trim();

    private async Task<(IReadOnlyList<string>? Key, string? Problem)> KeyOfAsync(VmSpec spec)
    {
        try
        {
            return (await keyOf(spec).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"it cannot be told what its snapshot depends on: {e.Message}");
        }
    }

    /// <summary>A directory for the snapshot of a guest whose console says this, or why there is none.</summary>
    private (string? Directory, string? Problem) Begin(byte[] console)
    {
        if (unhealthy(Encoding.UTF8.GetString(console)) is { } complaint)
        {
            return (null, $"its kernel is not well: {complaint}");
        }
        try
        {
            return (store.Begin(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    /// <summary>What cannot be remembered is found out again next time.</summary>
    private static void Try(Action remember)
    {
        try
        {
            remember();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The cache is full, or is only to be read.
        }
    }
}
