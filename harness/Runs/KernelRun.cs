using System.Diagnostics;
using Harness.Kernels;
using Harness.Machines;
using Harness.Matrix;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>One kernel, from its image to its row: boots it with each prober, as often as asked, and judges what they reported.</summary>
/// <param name="guests">The probers, the one that runs all cases first.</param>
public sealed class KernelRun(RunPlan plan, VirtualMachine vm, IReadOnlyList<ProberGuest> guests, PlainImages plainImages, Action<RunEvent> tell)
{
    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    public async Task<KernelResult> TestAsync(Kernel kernel, BootImage image, Accelerator accelerator, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var boots = new List<ProbedBoot>();
        for (var repeat = 1; repeat <= plan.Repeat; repeat++)
        {
            foreach (var guest in guests)
            {
                var boot = new KernelBoot(plan, vm, guest, repeat, plainImages, tell);
                boots.Add(await boot.RunAsync(kernel, image, accelerator, cancellation).ConfigureAwait(false));
                if (!boots[^1].ReachedProber)
                {
                    break;
                }
            }
        }
        return Row(kernel, image, boots, clock.Elapsed);
    }

    /// <summary>The row of a kernel that never came to a boot.</summary>
    public KernelResult Untested(Kernel kernel, KernelStatus status, string reason, bool notServed = false)
    {
        var expectations = new KernelExpectations(plan.Expectations, kernel.Id, kernel.Version);
        return new KernelResult(kernel.Id, null, kernel.Version?.ToString(), kernel.Arch, kernel.Description, null, status, reason, 0, 0, null, [])
        {
            AsExpected = Judge.IsExpected(status, notServed && !kernel.ByName, expectations),
            ByName = kernel.ByName,
            Note = kernel.Note,
            CommittedAt = kernel.CommittedAt?.ToUniversalTime(),
        };
    }

    /// <summary>The row of a kernel whose image could not be had.</summary>
    public KernelResult Untested(Kernel kernel, ImageResult result) => result switch
    {
        ImageResult.Unavailable unavailable => Untested(kernel, KernelStatus.Unavailable, unavailable.Reason, unavailable.NotServed),
        ImageResult.Failed failed => Untested(kernel, KernelStatus.InfraError, failed.Reason),
        _ => throw new InvalidOperationException($"{result} is no failure"),
    };

    /// <summary>How long one VM may take where neither the matrix nor the command line says.</summary>
    public static TimeSpan DefaultTimeout(Accelerator accelerator) =>
        TimeSpan.FromSeconds(accelerator == Accelerator.Kvm ? 30 : 90);

    private KernelResult Row(Kernel kernel, BootImage image, List<ProbedBoot> boots, TimeSpan elapsed)
    {
        var release = boots.Select(b => b.Report.Release).FirstOrDefault(r => r is not null);
        var machine = boots.Select(b => b.Report.Machine).FirstOrDefault(m => m is not null);
        var version = kernel.Version ?? KernelVersion.TryParse(release);
        var expectations = new KernelExpectations(plan.Expectations, kernel.Id, version);
        var (status, reason) = BootMerge.Classify(boots);
        return new KernelResult(kernel.Id, release, version?.ToString(), machine ?? kernel.Arch, kernel.Description,
            image.Sha256, status, reason, BootMerge.Attempts(boots), elapsed.TotalSeconds, BootMerge.Decisive(boots).Console,
            [.. BootMerge.Cases(boots).Select(attempts => Judge.Case(attempts, expectations))])
        {
            AsExpected = Judge.IsExpected(status, false, expectations),
            ByName = kernel.ByName,
            Note = kernel.Note,
            CommittedAt = kernel.CommittedAt?.ToUniversalTime(),
            BootedPlain = !plan.Plain && boots.Any(b => b.Plain),
            ProbeSeconds = boots[0].Probing?.TotalSeconds,
            ConsoleExcerpt = status == KernelStatus.Tested ? null : ConsoleTail.Of(plan.Directory, BootMerge.Decisive(boots).Console),
        };
    }
}
