using System.Security.Cryptography;
using Harness.Kernels;
using Harness.Ktap;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Boots one kernel with one program, and reads the report. It is booted again when this side failed, and when it did
/// not come to the prober with the parameters that save time; what a kernel or its prober did is a verdict, and stands.
/// </summary>
/// <param name="repeat">Which of the boots with this program, counted from 1.</param>
/// <param name="plainImages">Images that are booted as their vendor ships them from the start.</param>
public sealed class KernelBoot(
    RunPlan plan, VirtualMachine vm, ProgramGuest guest, int repeat, PlainImages plainImages, TimeProvider clock,
    Action<RunEvent> tell)
{
    private readonly RunDirectory _directory = new(plan.Directory);
    private readonly string _label = RunDirectory.Label(guest.Label, repeat);
    private readonly ReportCheck _check = new(
        guest.Task.Cases, plan.Probes.All.FirstOrDefault(p => p.Name == guest.Task.Program.Probe)?.Steps,
        inOrder: plan.Shuffle is null);

    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    public async Task<ProbedBoot> RunAsync(
        Kernel kernel, BootImage image, Accelerator accelerator, CancellationToken cancellation)
    {
        var lean = !plan.Plain && !plainImages.Contains(image.Sha256, kernel.Machine, accelerator);
        var leanFailed = false;
        var retries = new List<RetriedAttempt>();
        for (var attempt = 1; ; attempt++)
        {
            tell(new RunEvent.Booting(kernel.Id, attempt) { Prober = guest.Label, Repeat = repeat });
            var (classification, report, probing, complaints) =
                await AttemptAsync(kernel, image, lean, accelerator, cancellation).ConfigureAwait(false);
            if (lean && NeverReachedProber(classification.Status))
            {
                // Only when it does not boot as its vendor ships it either, has the kernel failed.
                KeepEvidence(kernel.Id, attempt);
                (lean, leanFailed) = (false, true);
                continue;
            }
            if (classification.Status == KernelStatus.InfraError && plan.Retries.Allows(retries.Count + 1))
            {
                KeepEvidence(kernel.Id, attempt);
                // Perhaps because the unpacked file is damaged; that says nothing about the image.
                lean &= !Forget(lean ? image.Vmlinux : null);
                await plan.Retries.WaitAsync(
                    retries.Count + 1, classification.Reason ?? "", Retrying, clock, cancellation)
                    .ConfigureAwait(false);
                continue;
            }
            if (leanFailed && classification.Status == KernelStatus.Tested)
            {
                plainImages.Remember(image.Sha256, kernel.Machine, accelerator);
            }
            return new ProbedBoot(guest.Label, classification, report, attempt, probing, Console(kernel.Id))
            {
                Program = guest.Task.Program.Description,
                Repeat = repeat,
                Plain = !lean,
                Unpacked = lean && image.Vmlinux is not null,
                Complaints = complaints,
                Retries = retries,
            };
        }

        void Retrying(Retry retry)
        {
            retries.Add(RetriedAttempt.Of(RetryStage.Boot, retry));
            tell(new RunEvent.Retrying(kernel.Id, RetryStage.Boot, retry));
        }
    }

    /// <returns>Relative to the run directory; <c>null</c> when there is no such file.</returns>
    private string? Console(string kernelId) =>
        File.Exists(_directory.Console(kernelId, _label)) ? RunDirectory.ConsoleRelative(kernelId, _label) : null;

    /// <returns>Whether there was an unpacked kernel to forget.</returns>
    private static bool Forget(string? vmlinux)
    {
        if (vmlinux is not null)
        {
            VmlinuxUnpacker.Forget(vmlinux);
        }
        return vmlinux is not null;
    }

    private static bool NeverReachedProber(KernelStatus status) =>
        status is KernelStatus.BootFailed or KernelStatus.BootTimeout;

    private async Task<(Classification, ProbeReport, TimeSpan? Probing, IReadOnlyList<Complaint>)> AttemptAsync(
        Kernel kernel, BootImage image, bool lean, Accelerator accelerator, CancellationToken cancellation)
    {
        var work = _directory.Work(kernel.Id);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var file = (lean ? image.Vmlinux : null) ?? image.Path;
        var spec = new VmSpec(
            kernel.Machine, file, guest.Initramfs, _directory.Console(kernel.Id, _label),
            _directory.Ktap(kernel.Id, _label), work, accelerator, nonce,
            [.. plan.CaseGlobs.SelectMany(g => g.Alternatives)],
            plan.Timeout ?? KernelRun.DefaultTimeout(accelerator), lean, plan.Shuffle, Version: kernel.Version)
        {
            DoesWithout = plan.DoesWithout,
        };
        try
        {
            var end = await vm.RunAsync(spec, Progress, cancellation).ConfigureAwait(false);
            // A signal to the whole process group ends QEMU, too: that says nothing about the kernel.
            cancellation.ThrowIfCancellationRequested();
            KeepLauncherError(spec, end);
            var report = _check.Of(ProbeReport.Read(end.Channel, nonce));
            var complaints = ConsoleComplaints.Of(
                end.Console, report, guest.Task.Cases, inOrder: plan.Shuffle is null);
            return (OnDisk(Classifier.Classify(end, report), end, work), report, end.ProbeDuration, complaints);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException)
        {
            return (new Classification(KernelStatus.InfraError, e.Message), ProbeReport.Read("", nonce), null, []);
        }
        finally
        {
            Files.Remove(work);
        }

        void Progress(int done) => tell(new RunEvent.Probing(kernel.Id, done, guest.Task.Cases.Count));
    }

    /// <summary>
    /// A kernel whose report may be lost for want of room has not failed. What a guest itself did, by writing too much,
    /// stays its own.
    /// </summary>
    private static Classification OnDisk(Classification classification, VmEnd end, string work) =>
        classification.Status is not (KernelStatus.Tested or KernelStatus.InfraError)
            && end.Ending != VmEnding.Overflow
            && OutputDisk.Problem(work) is { } full
            ? new(KernelStatus.InfraError, full)
            : classification;

    /// <summary>
    /// Keeps what QEMU and virtme-ng printed, as evidence, in a file beside the console, which stays as the kernel
    /// wrote it.
    /// </summary>
    private static void KeepLauncherError(VmSpec spec, VmEnd end)
    {
        var said = end.LauncherError.Trim();
        if (said.Length > 0 && end.Ending is VmEnding.Exited or VmEnding.Deadline or VmEnding.Overflow)
        {
            File.WriteAllText(LauncherLog(spec.ConsoleFile), said + "\n");
        }
    }

    private static string LauncherLog(string console) => Path.ChangeExtension(console, ".launcher.log");

    private void KeepEvidence(string kernelId, int attempt)
    {
        var console = _directory.Console(kernelId, _label);
        var files = new[] { console, LauncherLog(console), _directory.Ktap(kernelId, _label) };
        foreach (var file in files.Where(File.Exists))
        {
            var kept = Path.ChangeExtension(file, $".attempt-{attempt}{Path.GetExtension(file)}");
            File.Move(file, kept, overwrite: true);
        }
    }
}
