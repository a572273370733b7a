using System.Diagnostics;
using Harness.Machines;
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
    /// <param name="guests">The probers, built for the kernel's machine; the first one runs most cases.</param>
    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    public async Task<KernelResult> TestAsync(
        ReadyKernel ready, IReadOnlyList<ProgramGuest> guests, Accelerator accelerator,
        CancellationToken cancellation)
    {
        var (kernel, image) = (ready.Kernel, ready.Image);
        var clock = Stopwatch.StartNew();
        var boots = new List<ProbedBoot>();
        for (var repeat = 1; repeat <= plan.Repeat; repeat++)
        {
            foreach (var guest in guests)
            {
                var boot = new KernelBoot(plan, vm, guest, repeat, plainImages, time, tell);
                boots.Add(await boot.RunAsync(kernel, image, accelerator, cancellation).ConfigureAwait(false));
                if (!boots[^1].ReachedProber)
                {
                    break;
                }
            }
        }
        return Result(ready, boots, accelerator, clock.Elapsed);
    }

    /// <summary>How long one VM may take where neither the matrix nor the command line says.</summary>
    public static TimeSpan DefaultTimeout(Accelerator accelerator) =>
        TimeSpan.FromSeconds(accelerator == Accelerator.Kvm ? 30 : 90);

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
            BootedPlain = !plan.Plain && boots.Any(b => b.Plain),
            ProbeSeconds = boots[0].Probing?.TotalSeconds,
            Retries = [.. ready.Retries, .. boots.SelectMany(b => b.Retries)],
            Cases = [.. BootMerge.Cases(boots)],
            Emulated = accelerator == Accelerator.Tcg,
            Complaints = BootMerge.Complaints(boots),
        };
        return KernelResultFactory.Make(measured, plan.Expectations);
    }
}
