using System.Diagnostics;
using Harness.Ktap;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Tests one kernel whose image is at hand: boots it with each prober as often as asked, and makes its row of the
/// results.
/// </summary>
internal sealed class KernelRun(
    RunPlan plan, VirtualMachine vm, PlainImages plainImages, TimeProvider time, Action<RunEvent> tell)
{
    /// <param name="guests">Of the kernel's machine.</param>
    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    public async Task<KernelResult> TestAsync(
        ReadyKernel ready, MachineGuests guests, Accelerator accelerator, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var boots = new List<ProbedBoot>();
        for (var repeat = 1; repeat <= plan.Repeat; repeat++)
        {
            boots.AddRange(await BootAsync(ready, guests, repeat, accelerator, cancellation).ConfigureAwait(false));
        }
        return Result(ready, boots, accelerator, clock.Elapsed);
    }

    /// <summary>
    /// One boot asks all programs, and another one those that see this machine's files. Those that had no turn, as the
    /// kernel or the VM ended before, are asked in a further one; each boot settles at least one.
    /// </summary>
    private async Task<List<ProbedBoot>> BootAsync(
        ReadyKernel ready, MachineGuests guests, int repeat, Accelerator accelerator, CancellationToken cancellation)
    {
        var (boots, unasked) = (new List<ProbedBoot>(), new List<ProbedBoot>());
        var number = 0;
        foreach (var group in guests.Tasks.GroupBy(t => t.Program.SeesHost).OrderBy(g => g.Key))
        {
            var wishes = KernelWishes.Of(group.Select(t => t.Program.Wishes));
            var provisions = await KernelProvisions.OfAsync(ready.Kernel, wishes, cancellation).ConfigureAwait(false);
            IReadOnlyList<ProgramTask> asked = [.. group];
            if (provisions.Failure is { } failure)
            {
                // What one program wishes for costs no other its answers.
                unasked.AddRange(asked.Where(Wishes).Select(task => Unasked(task, repeat, failure)));
                asked = [.. asked.Where(task => !Wishes(task))];
                if (asked.Count == 0)
                {
                    continue;
                }
            }
            var own = wishes.IsEmpty || provisions.Failure is not null ? null : provisions.Files;
            boots.AddRange(await BootAsync(asked, own).ConfigureAwait(false));
            if (!boots.Any(b => b.ReachedProber))
            {
                break;
            }
        }
        return [.. boots, .. unasked];

        static bool Wishes(ProgramTask task) => !task.Program.Wishes.IsEmpty;

        async Task<List<ProbedBoot>> BootAsync(IReadOnlyList<ProgramTask> left, IReadOnlyList<GuestFile>? provisions)
        {
            var own = new List<ProbedBoot>();
            while (left.Count > 0)
            {
                var asked = await BootOnceAsync(left, provisions).ConfigureAwait(false);
                var alone = new AloneBoots(plan, (task, one) => BootOnceAsync([task], provisions, one));
                own.AddRange(await alone.AskAsync(asked, left).ConfigureAwait(false));
                if (!asked.Any(b => b.ReachedProber))
                {
                    break;
                }
                left = [.. left.Where(task => asked.All(b => b.Prober != plan.LabelOf(task.Program)))];
            }
            return own;
        }

        Task<IReadOnlyList<ProbedBoot>> BootOnceAsync(
            IReadOnlyList<ProgramTask> tasks, IReadOnlyList<GuestFile>? provisions, ProbeCase? alone = null) =>
            new KernelBoot(plan, vm, guests, tasks, plainImages, time, tell)
            {
                Number = ++number,
                Repeat = repeat,
                Provisions = provisions,
                Alone = alone,
            }.RunAsync(ready.Kernel, ready.Image, accelerator, cancellation);
    }

    /// <summary>A program that was not asked, for a reason on this side.</summary>
    private ProbedBoot Unasked(ProgramTask task, int repeat, string why) => new(
        plan.LabelOf(task.Program), new(KernelStatus.InfraError, why), ProbeReport.Read("", ""), 1, null, null)
    {
        Program = task.Program.Description,
        Repeat = repeat,
        StartedAt = time.GetUtcNow(),
    };

    /// <summary>How long one VM may take where neither the matrix nor the command line says.</summary>
    /// <param name="tasks">What it runs; of programs that take no time of their own, booting takes the longer
    /// part.</param>
    public static TimeSpan DefaultTimeout(Accelerator accelerator, IReadOnlyList<ProgramTask> tasks) =>
        TimeSpan.FromSeconds(((accelerator == Accelerator.Kvm ? 30 : 90) * (tasks.Count + 1) / 2)
            + tasks.Sum(task => task.Program.Seconds));

    private KernelResult Result(
        ReadyKernel ready, List<ProbedBoot> boots, Accelerator accelerator, TimeSpan elapsed)
    {
        var (status, reason) = BootMerge.Classify(boots);
        var console = BootMerge.Decisive(boots).Console;
        var measured = new KernelMeasurement
        {
            Kernel = ready.Kernel,
            Status = status,
            Reason = reason,
            Release = boots.Select(b => b.Report.Release).FirstOrDefault(r => r is not null),
            Arch = boots.Select(b => b.Report.Machine).FirstOrDefault(m => m is not null),
            Sha256 = ready.Image.Sha256,
            Attempts = BootMerge.Attempts(boots),
            Seconds = elapsed.TotalSeconds,
            Console = console,
            ConsoleExcerpt = status == KernelStatus.Tested ? null : ConsoleTail.Of(plan.Directory, console, reason),
            BootedUnpacked = boots.Any(b => b.Unpacked),
            Warm = boots.Any(b => b.Warm),
            Waited = boots.Any(b => b.Waited),
            BootedPlain = !plan.Plain && boots.Any(b => b.Plain),
            StartedAt = boots[0].StartedAt,
            BootSeconds = boots[0].Booting?.TotalSeconds,
            BuildSeconds = ready.BuildTime?.TotalSeconds,
            ProbeSeconds = boots[0].Probing?.TotalSeconds,
            Retries = [.. ready.Retries, .. boots.SelectMany(b => b.Retries)],
            Cases = [.. BootMerge.Cases(boots)],
            Emulated = accelerator == Accelerator.Tcg,
            Complaints = BootMerge.Complaints(boots),
        };
        return KernelResultFactory.Make(measured, plan.Expectations);
    }
}
