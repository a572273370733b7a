using System.Collections.Concurrent;
using Harness.Machines;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// Takes over what earlier runs measured of a run's kernels, where the plan asks for it, and keeps what this run
/// measures for later ones.
/// </summary>
internal sealed class KernelReuse(RunPlan plan, RunEnvironment environment)
{
    /// <summary>Differs wherever the program differs: builds are deterministic.</summary>
    private static readonly string _build = typeof(KernelReuse).Assembly.ManifestModule.ModuleVersionId.ToString();

    private readonly KnownKernels _known = new(environment.CacheRoot);
    private readonly ConcurrentDictionary<string, string> _guests = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<string> _ids =
    [
        .. plan.Resumed.Select(k => k.Id),
        .. plan.Kernels.SelectMany(k => k.StandIns.Prepend(k.Kernel)).Select(k => k.Id),
    ];

    /// <summary>
    /// The order of hashes shifts few places when kernels come and go; one that loses its turn is soon too old.
    /// </summary>
    private readonly Dictionary<string, int> _places = plan.Kernels.Select(k => k.Kernel.Id)
        .Concat(plan.Resumed.Select(k => k.Id)).Distinct(StringComparer.Ordinal)
        .OrderBy(Hashes.Sha256OfText, StringComparer.Ordinal).Index()
        .ToDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal);

    /// <summary>What is known of a kernel, and under which key it is kept.</summary>
    /// <returns>No key where a run's answers are none for later ones.</returns>
    public async Task<(KnownKey? Key, KnownKernel? Known)> FindAsync(
        ReadyKernel ready, MachineGuests guests, Accelerator accelerator, CancellationToken cancellation)
    {
        var key = await KeyOfAsync(ready, guests, accelerator, cancellation).ConfigureAwait(false);
        var known = key is null || plan.Reuse is null ? null : _known.Recall(key);
        // What this run measured before it was killed is in its journal, or is measured again. A run that boots each
        // kernel takes over none that was restored.
        return (key, known?.Run == plan.Request.RunId || known is { Row.Warm: true } && plan.Snapshots.Bytes == 0
            ? null : known);
    }

    /// <returns>The row of a kernel that need not be booted; <c>null</c> where it is to be measured.</returns>
    public KernelResult? TakeOver(KnownKernel known, ReadyKernel ready, Accelerator accelerator)
    {
        var place = _places.GetValueOrDefault(ready.Kernel.Id);
        var from = plan.Snapshots.Bytes > 0 ? known.LatestFrom : known.From;
        if (plan.Reuse is not { } reuse || reuse.IsDue(from, place, plan.Request.StartedAt) || !Put(known))
        {
            return null;
        }
        var row = KernelResultFactory.Known(
            known, ready.Kernel, accelerator == Accelerator.Tcg, plan.Expectations);
        return row with
        {
            BuildSeconds = ready.BuildTime?.TotalSeconds,
            Retries = ready.Retries.Count == 0 ? null : ready.Retries,
        };
    }

    /// <returns>A row that this run has measured, with how it compares to what was known.</returns>
    public static KernelResult Compared(KernelResult row, KnownKernel? known)
    {
        if (known is null || !KnownKernel.Stands(row))
        {
            return row;
        }
        var again = MeasuredAgain.Of(known.From, known.Row, row);
        // One of the two answers is wrong, and nobody knows which.
        return row with { MeasuredAgain = again, AsExpected = row.AsExpected && again.Changed.Count == 0 };
    }

    /// <summary>
    /// Keeps a row that this run has measured. Of a kernel that did not come to its end, or disagrees with itself,
    /// nothing is known any more.
    /// </summary>
    public void Remember(KernelResult row, KnownKey? key)
    {
        if (key is null || row.Status is KernelStatus.InfraError or KernelStatus.NotRun or KernelStatus.Unavailable)
        {
            return; // That says nothing of the kernel.
        }
        if (!KnownKernel.Stands(row) || row.MeasuredAgain is { Changed.Count: > 0 })
        {
            _known.Forget(key);
            return;
        }
        if (row.Warm && _known.Recall(key) is { Row: { Warm: false } booted } cold)
        {
            // What was booted stands, for those who take over nothing else.
            if (MeasuredAgain.Of(cold.From, booted, row).Changed.Count > 0)
            {
                _known.Forget(key);
            }
            else
            {
                _known.Remember(cold with { RestoredAt = row.StartedAt });
            }
            return;
        }
        if (plan is { Repeat: 1, Shuffle: null } && FilesOf(row) is { } files)
        {
            var known = new KnownKernel(key, plan.Request.RunId, row with { MeasuredAgain = null });
            _known.Remember(known with { Files = files });
        }
    }

    private bool Put(KnownKernel known)
    {
        try
        {
            var place = Place(known.Key.Kernel);
            var isWhole = known.Files.Keys.All(place.IsOne)
                && (known.Row.Console is not { } console || known.Files.ContainsKey(console));
            if (isWhole)
            {
                place.Put(known.Files);
            }
            return isWhole;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IReadOnlyDictionary<string, byte[]>? FilesOf(KernelResult row)
    {
        try
        {
            return Place(row.Id).Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private KnownFiles Place(string kernel) => new(plan.Directory, kernel, _ids);

    private async Task<KnownKey?> KeyOfAsync(
        ReadyKernel ready, MachineGuests guests, Accelerator accelerator, CancellationToken cancellation)
    {
        // What a guest sees of this machine, or gets of its kernel's package, may be another thing the next time.
        if (guests.Tasks.Any(t => t.Program.SeesHost || !t.Program.Wishes.IsEmpty)
            || environment.Host.Qemu == HostInfo.Unknown
            || await GuestOfAsync(guests, cancellation).ConfigureAwait(false) is not { } guest)
        {
            return null;
        }
        var host = environment.Host;
        var parameters = KernelParameters.For(
            ready.Kernel.Machine, accelerator, !plan.Plain, plan.DoesWithout, plan.Cpus);
        IReadOnlyList<string> asked =
        [
            .. plan.GuestGlobs, "", .. plan.Request.EntryCases ?? [], "",
            .. guests.Tasks.SelectMany(t => t.Cases).Select(c => c.Id),
        ];
        return new KnownKey(
            ready.Kernel.Id, ready.Image.Sha256, guest, Hashes.Sha256OfText(string.Join('\n', asked)),
            $"{(plan.Plain ? "plain" : "lean")} {string.Join(' ', parameters)}",
            string.Join('\n', accelerator == Accelerator.Kvm
                ? ["kvm", host.Qemu, host.Virtme, host.Kernel, host.Cpu]
                : ["tcg", host.Qemu, host.Virtme]),
            _build);
    }

    /// <returns>The initramfs's SHA256; <c>null</c> where it cannot be read.</returns>
    private async Task<string?> GuestOfAsync(MachineGuests guests, CancellationToken cancellation)
    {
        try
        {
            var path = guests.Image(guests.Tasks);
            if (!_guests.TryGetValue(path, out var hash))
            {
                _guests[path] = hash = await Hashes.Sha256OfFileAsync(path, cancellation).ConfigureAwait(false);
            }
            return hash;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
