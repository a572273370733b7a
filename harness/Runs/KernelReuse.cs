using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// Takes over what earlier runs measured of a run's kernels, where the plan asks for it, and keeps what this run
/// measures for later ones.
/// </summary>
internal sealed class KernelReuse(RunPlan plan, RunEnvironment environment)
{
    private readonly KnownKernels _known = new(environment.CacheRoot);
    private readonly ConcurrentDictionary<string, string> _inits = new(StringComparer.Ordinal);

    /// <summary>The order of hashes stays when kernels come and go, but for the places behind them.</summary>
    private readonly Dictionary<string, int> _places = plan.Kernels.Select(k => k.Kernel.Id)
        .OrderBy(Hashes.Sha256OfText, StringComparer.Ordinal).Index()
        .ToDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal);

    /// <summary>What is known of a kernel, and under which key it is kept.</summary>
    /// <returns>No key where a run's answers are none for later ones.</returns>
    public (KnownKey? Key, KnownKernel? Known) Find(ReadyKernel ready, MachineGuests guests, Accelerator accelerator)
    {
        var key = KeyOf(ready, guests, accelerator);
        return (key, key is null || plan.Reuse is null ? null : _known.Recall(key));
    }

    /// <returns>The row of a kernel that need not be booted; <c>null</c> where it is to be measured.</returns>
    public KernelResult? TakeOver(KnownKernel known, ReadyKernel ready, Accelerator accelerator)
    {
        var place = _places.GetValueOrDefault(ready.Kernel.Id);
        if (plan.Reuse is not { } reuse || reuse.IsDue(known.From, place, plan.Request.StartedAt)
            || !_known.TakeFiles(known.Key, plan.Directory))
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

    /// <summary>Keeps a row that this run has measured, if it is one that stands.</summary>
    /// <returns>The row, with how it compares to what was known.</returns>
    public KernelResult Measured(KernelResult row, KnownKey? key, KnownKernel? known)
    {
        if (key is null || row.Status != KernelStatus.Tested || row.Cases.Any(c => c.Status == CaseStatus.Error))
        {
            return row;
        }
        _known.Remember(new KnownKernel(key, plan.Request.RunId, row), plan.Directory);
        if (known is null)
        {
            return row;
        }
        var again = MeasuredAgain.Of(known.From, known.Row, row);
        // One of the two answers is wrong, and nobody knows which.
        return row with { MeasuredAgain = again, AsExpected = row.AsExpected && again.Changed.Count == 0 };
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private KnownKey? KeyOf(ReadyKernel ready, MachineGuests guests, Accelerator accelerator)
    {
        // What a guest sees of this machine, or gets of its kernel's package, may be another thing the next time.
        if (plan.Repeat > 1 || plan.Shuffle is not null
            || guests.Tasks.Any(t => t.Program.SeesHost || !t.Program.Wishes.IsEmpty))
        {
            return null;
        }
        var machine = ready.Kernel.Machine;
        var init = _inits.GetOrAdd(machine.Name, _ => Hash(environment.Init(machine)));
        return new KnownKey(
            ready.Kernel.Id, ready.Image.Sha256,
            Hashes.Sha256OfText(string.Join('\n', [init, .. plan.GuestGlobs, .. guests.Tasks.Select(Text)])),
            string.Join(' ', KernelParameters.For(machine, accelerator, !plan.Plain, plan.DoesWithout)),
            accelerator.ToString().ToLowerInvariant(), environment.Host.Qemu);
    }

    private static string Text(ProgramTask task) => string.Create(CultureInfo.InvariantCulture,
        $"{task.Program.GuestName} {task.Program.Sha256} {string.Join(' ', task.Cases.Select(c => c.Id))}");
}
