using System.Diagnostics;
using System.Security.Cryptography;
using Harness.Kernels;
using Harness.Ktap;
using Harness.Matrix;
using Harness.Processes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>One kernel, from its image to its row: boots it, reads the report, judges.</summary>
public sealed class KernelRun(RunPlan plan, VirtualMachine vm, string initramfs, Action<RunEvent> tell)
{
    /// <summary>
    /// A VM that did not answer may have met a busy host, so it gets a second chance; a kernel that answered with
    /// a panic has answered.
    /// </summary>
    private const int MaximumAttempts = 2;

    private readonly RunDirectory _directory = new(plan.Directory);

    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    public async Task<KernelResult> TestAsync(Kernel kernel, BootImage image, Accelerator accelerator, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var file = image.Vmlinux ?? image.Path;
        for (var attempt = 1; ; attempt++)
        {
            tell(new RunEvent.Booting(kernel.Id, attempt));
            var (classification, report, probing) = await AttemptAsync(kernel, file, accelerator, cancellation).ConfigureAwait(false);
            if (attempt < MaximumAttempts && DeservesAnother(classification.Status, file == image.Vmlinux))
            {
                KeepEvidence(kernel.Id, attempt);
                file = image.Path;
                continue;
            }
            return Row(kernel, image, classification, report, attempt, clock.Elapsed, probing);
        }
    }

    /// <summary>A kernel that does not boot unpacked may boot as its vendor ships it: only that counts as its failure.</summary>
    private static bool DeservesAnother(KernelStatus status, bool unpacked) =>
        status is KernelStatus.BootTimeout or KernelStatus.ProbeTimeout or KernelStatus.InfraError || (unpacked && status == KernelStatus.BootFailed);

    /// <summary>The row of a kernel that never came to a boot.</summary>
    public KernelResult Untested(Kernel kernel, KernelStatus status, string reason, bool notServed = false)
    {
        var expectations = new KernelExpectations(plan.Expectations, kernel.Id, kernel.Version);
        return new KernelResult(kernel.Id, null, kernel.Version?.ToString(), kernel.Arch, kernel.Description, null, status,
            Judge.IsExpected(status, notServed && !kernel.ByName, expectations), kernel.ByName, reason, kernel.Note, 0, 0, null, null, []);
    }

    /// <summary>How long one VM may take where neither the matrix nor the command line says.</summary>
    public static TimeSpan DefaultTimeout(Accelerator accelerator) =>
        TimeSpan.FromSeconds(accelerator == Accelerator.Kvm ? 30 : 90);

    private async Task<(Classification, ProbeReport, TimeSpan? Probing)> AttemptAsync(
        Kernel kernel, string file, Accelerator accelerator, CancellationToken cancellation)
    {
        var work = _directory.Work(kernel.Id);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var spec = new VmSpec(file, initramfs, _directory.Console(kernel.Id), _directory.Ktap(kernel.Id), work, accelerator, nonce,
            [.. plan.CaseGlobs.SelectMany(g => g.Alternatives)], plan.Timeout ?? DefaultTimeout(accelerator), plan.Shuffle);
        try
        {
            var end = await vm.RunAsync(spec, done => tell(new RunEvent.Probing(kernel.Id, done, plan.Cases.Count)), cancellation)
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
        var asked = plan.Cases.Select(c => c.Id);
        var told = report.Cases.Select(c => c.Id);
        return !report.IsWhole || (plan.Shuffle is null ? told.SequenceEqual(asked) : told.ToHashSet().SetEquals(asked))
            ? report
            : report with { Problem = $"the report has other cases than the {plan.Cases.Count} asked for" };
    }

    private KernelResult Row(
        Kernel kernel, BootImage image, Classification classification, ProbeReport report, int attempts, TimeSpan elapsed, TimeSpan? probing)
    {
        var version = kernel.Version ?? KernelVersion.TryParse(report.Release);
        var expectations = new KernelExpectations(plan.Expectations, kernel.Id, version);
        return new KernelResult(kernel.Id, report.Release, version?.ToString(), report.Machine ?? kernel.Arch, kernel.Description,
            image.Sha256, classification.Status, Judge.IsExpected(classification.Status, false, expectations), kernel.ByName,
            classification.Reason, kernel.Note, attempts, elapsed.TotalSeconds, probing?.TotalSeconds,
            File.Exists(_directory.Console(kernel.Id)) ? RunDirectory.ConsoleRelative(kernel.Id) : null,
            [.. report.Cases.Select(c => Judge.Case(c, expectations)).OrderBy(c => c.Id, StringComparer.Ordinal)]);
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
        foreach (var file in new[] { _directory.Console(kernelId), _directory.Ktap(kernelId) }.Where(File.Exists))
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
