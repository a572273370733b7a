using System.Security.Cryptography;
using Harness.Kernels;
using Harness.Ktap;
using Harness.Processes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>A prober as a guest.</summary>
/// <param name="Initramfs">Holds it.</param>
public sealed record ProberGuest(ProberTask Task, string Initramfs)
{
    public string Label => Task.Prober.Label;
}

/// <summary>One kernel and one prober: boots it, a second time where that may help, and reads the report.</summary>
public sealed class KernelBoot(RunPlan plan, VirtualMachine vm, ProberGuest guest, Action<RunEvent> tell)
{
    /// <summary>
    /// A VM that did not answer may have met a busy host, so it gets a second chance; a kernel that answered with
    /// a panic has answered.
    /// </summary>
    private const int MaximumAttempts = 2;

    private readonly RunDirectory _directory = new(plan.Directory);

    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    public async Task<ProbedBoot> RunAsync(Kernel kernel, BootImage image, Accelerator accelerator, CancellationToken cancellation)
    {
        var file = image.Vmlinux ?? image.Path;
        for (var attempt = 1; ; attempt++)
        {
            tell(new RunEvent.Booting(kernel.Id, attempt) { Prober = guest.Label });
            var (classification, report, probing) = await AttemptAsync(kernel, file, accelerator, cancellation).ConfigureAwait(false);
            if (attempt < MaximumAttempts && DeservesAnother(classification.Status, file == image.Vmlinux))
            {
                KeepEvidence(kernel.Id, attempt);
                file = image.Path;
                continue;
            }
            return new ProbedBoot(guest.Label, classification, report, attempt, probing,
                File.Exists(_directory.Console(kernel.Id, guest.Label)) ? RunDirectory.ConsoleRelative(kernel.Id, guest.Label) : null);
        }
    }

    /// <summary>A kernel that does not boot unpacked may boot as its vendor ships it: only that counts as its failure.</summary>
    private static bool DeservesAnother(KernelStatus status, bool unpacked) =>
        status is KernelStatus.BootTimeout or KernelStatus.ProbeTimeout or KernelStatus.InfraError || (unpacked && status == KernelStatus.BootFailed);

    private async Task<(Classification, ProbeReport, TimeSpan? Probing)> AttemptAsync(
        Kernel kernel, string file, Accelerator accelerator, CancellationToken cancellation)
    {
        var work = _directory.Work(kernel.Id);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var spec = new VmSpec(file, guest.Initramfs, _directory.Console(kernel.Id, guest.Label), _directory.Ktap(kernel.Id, guest.Label), work, accelerator, nonce,
            [.. plan.CaseGlobs.SelectMany(g => g.Alternatives)], plan.Timeout ?? KernelRun.DefaultTimeout(accelerator), plan.Shuffle);
        try
        {
            var end = await vm.RunAsync(spec, done => tell(new RunEvent.Probing(kernel.Id, done, guest.Task.Cases.Count)), cancellation)
                .ConfigureAwait(false);
            KeepLauncherError(spec, end);
            var report = Expect(ProbeReport.Read(end.Channel, nonce));
            return (Classifier.Classify(end, report), report, end.ProbeDuration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException)
        {
            return (new Classification(KernelStatus.InfraError, e.Message), ProbeReport.Read("", nonce), null);
        }
        finally
        {
            Remove(work);
        }
    }

    /// <summary>A report of other cases than those asked for is not whole, however well it is closed.</summary>
    private ProbeReport Expect(ProbeReport report)
    {
        var asked = guest.Task.Cases.Select(c => c.Id);
        var told = report.Cases.Select(c => c.Id);
        return !report.IsWhole || (plan.Shuffle is null ? told.SequenceEqual(asked) : told.ToHashSet().SetEquals(asked))
            ? report
            : report with { Problem = $"the report has other cases than the {guest.Task.Cases.Count} asked for" };
    }

    /// <summary>What QEMU and virtme-ng said is evidence, too; beside the console, which stays as the kernel wrote it.</summary>
    private static void KeepLauncherError(VmSpec spec, VmEnd end)
    {
        var said = end.LauncherError.Trim();
        if (said.Length > 0 && end.Ending is VmEnding.Exited or VmEnding.Deadline)
        {
            File.WriteAllText(Path.ChangeExtension(spec.ConsoleFile, ".launcher.log"), said + "\n");
        }
    }

    private void KeepEvidence(string kernelId, int attempt)
    {
        foreach (var file in new[] { _directory.Console(kernelId, guest.Label), _directory.Ktap(kernelId, guest.Label) }.Where(File.Exists))
        {
            File.Move(file, Path.ChangeExtension(file, $".attempt-{attempt}{Path.GetExtension(file)}"), overwrite: true);
        }
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
