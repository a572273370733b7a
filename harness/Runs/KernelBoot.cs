using System.Security.Cryptography;
using Harness.Kernels;
using Harness.Ktap;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Boots one kernel with programs, one after the other, and reads their reports. It is booted again when this side
/// failed, and when it did not come to the first program with the parameters that save time; what a kernel or a program
/// did is a verdict, and stands.
/// </summary>
/// <param name="guests">Of the kernel's machine.</param>
/// <param name="tasks">What to ask, in the order of the programs in the guest.</param>
/// <param name="plainImages">Images that are booted as their vendor ships them from the start.</param>
public sealed class KernelBoot(
    RunPlan plan, VirtualMachine vm, MachineGuests guests, IReadOnlyList<ProgramTask> tasks, PlainImages plainImages,
    TimeProvider clock, Action<RunEvent> tell)
{
    private readonly RunDirectory _directory = new(plan.Directory);
    private readonly IReadOnlyList<string> _names = [.. tasks.Select(t => t.Program.GuestName)];

    /// <summary>Which boot of the kernel this is, counted from 1: a further one asks those that had no turn.</summary>
    public int Number { get; init; } = 1;

    /// <summary>
    /// The only case that this boot asks, of its only program: it may kill the kernel. <c>null</c> for all cases.
    /// </summary>
    public ProbeCase? Alone { get; init; }

    /// <summary>Which of the boots with the same programs, counted from 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>What the guest has of this kernel's own files; <c>null</c> where all kernels share a guest.</summary>
    public IReadOnlyList<GuestFile>? Provisions { get; init; }

    private string Label => RunDirectory.Label(Number, Repeat);

    private IReadOnlyList<ProgramTask> Questions =>
        field ??= Alone is null ? tasks : [.. tasks.Select(t => t with { Cases = [Alone] })];

    private IReadOnlyList<ProbeCase> Cases => field ??= [.. Questions.SelectMany(t => t.Cases)];

    /// <returns>One for each program that had its turn, at least one; they share the boot's files.</returns>
    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    public async Task<IReadOnlyList<ProbedBoot>> RunAsync(
        Kernel kernel, BootImage image, Accelerator accelerator, CancellationToken cancellation)
    {
        var lean = !plan.Plain && !plainImages.Contains(image.Sha256, kernel.Machine, accelerator);
        var leanFailed = false;
        var retries = new List<RetriedAttempt>();
        WarmDoubt? doubt = null;
        var isSettled = false;
        for (var attempt = 1; ; attempt++)
        {
            var prober = Number == 1 ? "" : plan.LabelOf(tasks[0].Program);
            tell(new RunEvent.Booting(kernel.Id, attempt) { Prober = prober, Repeat = Repeat });
            var (asked, end) = await AttemptAsync(kernel, image, lean, doubt is not null, accelerator, cancellation)
                .ConfigureAwait(false);
            foreach (var guest in end?.GivenUp ?? [])
            {
                KeepEvidence(guest, kernel.Id, attempt++);
                retries.Add(new RetriedAttempt(
                    RetryStage.Restore, Count(RetryStage.Restore) + 1, guest.Reason, WaitSeconds: 0));
            }
            if (doubt is null && WarmDoubt.Of(end, asked, plan.Probes.All) is { } found)
            {
                KeepEvidence(kernel.Id, attempt);
                doubt = found;
                continue;
            }
            if (doubt is not null && !isSettled && asked.All(a => a.Classification.Status != KernelStatus.InfraError))
            {
                // Before it is booted as its vendor ships it: then it would be unlike the restored one for that alone.
                retries.Add(Settle(doubt, asked, Count(RetryStage.Restore) + 1));
                isSettled = true;
            }
            if (lean && !plan.LeanIsProven && asked.All(a => NeverReachedProber(a.Classification.Status)))
            {
                // Only when it does not boot as its vendor ships it either, has the kernel failed.
                KeepEvidence(kernel.Id, attempt);
                (lean, leanFailed) = (false, true);
                continue;
            }
            var failed = asked.FirstOrDefault(a => a.Classification.Status == KernelStatus.InfraError)?.Classification;
            if (failed is { Lasts: false } && plan.Retries.Allows(Count(RetryStage.Boot) + 1))
            {
                KeepEvidence(kernel.Id, attempt);
                // Perhaps because the unpacked file is damaged; that says nothing about the image.
                lean &= !Forget(lean ? image : null);
                await plan.Retries.WaitAsync(
                    Count(RetryStage.Boot) + 1, failed.Reason ?? "", Retrying, clock, cancellation)
                    .ConfigureAwait(false);
                continue;
            }
            if (doubt is not null && !isSettled)
            {
                retries.Add(Settle(doubt, asked, Count(RetryStage.Restore) + 1));
            }
            RememberEnd(doubt?.Guest ?? end, asked);
            if (leanFailed && asked.Any(a => a.Classification.Status == KernelStatus.Tested))
            {
                plainImages.Remember(image.Sha256, kernel.Machine, accelerator);
            }
            return
            [
                .. asked.Select((a, i) => a with
                {
                    // Of the boot, not of each program.
                    Attempts = i == 0 ? attempt : 1,
                    Retries = i == 0 ? retries : [],
                    Plain = !lean,
                    Unpacked = lean && image.Vmlinux is not null,
                    // Where the restored kernel hung, too, it has hung twice.
                    HungAlone = a.HungAlone && doubt?.Boots.Any(b => b.HungAlone) != true,
                }),
            ];
        }

        int Count(RetryStage stage) => retries.Count(retry => retry.Stage == stage);

        void Retrying(Retry retry)
        {
            retries.Add(RetriedAttempt.Of(RetryStage.Boot, retry));
            tell(new RunEvent.Retrying(kernel.Id, RetryStage.Boot, retry));
        }
    }

    /// <returns>Relative to the run directory; <c>null</c> when there is no such file.</returns>
    private string? Console(string kernelId) =>
        File.Exists(_directory.Console(kernelId, Label)) ? RunDirectory.ConsoleRelative(kernelId, Label) : null;

    /// <returns>Whether there was an unpacked kernel to forget, with what was saved of it.</returns>
    private bool Forget(BootImage? image)
    {
        if (image?.Vmlinux is null)
        {
            return false;
        }
        VmlinuxUnpacker.Forget(image.Vmlinux);
        vm.ForgetSnapshotsOf(image.Sha256);
        return true;
    }

    /// <summary>Says what came of the check by a boot, and removes a snapshot that does not stand it.</summary>
    private RetriedAttempt Settle(WarmDoubt doubt, IReadOnlyList<ProbedBoot> booted, int attempt)
    {
        var settled = doubt.Settled(booted, attempt);
        if (doubt.Difference(booted) is not null)
        {
            vm.DistrustSnapshot(doubt.Guest, settled.Reason);
        }
        return settled;
    }

    /// <summary>
    /// Remembers how a booted kernel ended that was asked alone what may kill it: nobody has to boot it again to see
    /// that a restored one does likewise.
    /// </summary>
    /// <param name="guest">That one, or the restored one in whose place it was booted.</param>
    private void RememberEnd(VmEnd? guest, IReadOnlyList<ProbedBoot> asked)
    {
        if (Alone is not null && guest is not null && asked is [{ AloneEnd: { } how, Warm: false, Waited: false }])
        {
            vm.RememberEnd(guest, how);
        }
    }

    private static bool NeverReachedProber(KernelStatus status) =>
        status is KernelStatus.BootFailed or KernelStatus.BootTimeout;

    /// <param name="cold">The kernel is booted with its programs, whatever is saved of it.</param>
    /// <returns>No end where no VM ran.</returns>
    private async Task<(IReadOnlyList<ProbedBoot> Asked, VmEnd? End)> AttemptAsync(
        Kernel kernel, BootImage image, bool lean, bool cold, Accelerator accelerator,
        CancellationToken cancellation)
    {
        var work = _directory.Work(kernel.Id);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        try
        {
            var file = (lean ? image.Vmlinux : null) ?? image.Path;
            var sharesHost = tasks.Any(t => t.Program.SeesHost);
            var timeout = plan.Timeout ?? KernelRun.DefaultTimeout(accelerator, tasks);
            var spec = new VmSpec(
                kernel.Machine, file, guests.Image(tasks, Provisions), _directory.Console(kernel.Id, Label),
                _directory.Ktap(kernel.Id, Label), work, accelerator, nonce,
                Alone is null ? plan.GuestGlobs : [Alone.Id], timeout, lean, plan.Shuffle,
                Version: kernel.Version)
            {
                Alone = Alone is not null,
                Cpus = plan.Cpus,
                DoesWithout = sharesHost ? plan.DoesWithout.Except(VmSpec.NeededToShare).ToHashSet() : plan.DoesWithout,
                SharesHost = sharesHost,
                Reports = tasks.Count,
                Limits = OutputLimits.Default.ForReports(tasks.Count),
                ProgramDeadline = ProgramDeadline(timeout),
                // A kernel that is booted several times is to show whether a verdict depends on the boot.
                Waiting = !cold && plan is { Snapshots.Bytes: > 0, Repeat: 1 } && guests.Waiting is { } waiting
                    ? new WaitingStart(waiting, image.Sha256, file == image.Vmlinux, plan.Snapshots.AtOnce)
                    : null,
            };
            var startedAt = clock.GetUtcNow();
            var end = await vm.RunAsync(spec, Progress, cancellation).ConfigureAwait(false);
            // A signal to the whole process group ends QEMU, too: that says nothing about the kernel.
            cancellation.ThrowIfCancellationRequested();
            if (end.Cold is { } why)
            {
                tell(new RunEvent.BootedCold(kernel.Id, why));
            }
            KeepLauncherError(spec, end);
            return ([.. Asked(kernel.Id, end, nonce, work).Select(boot => boot with
            {
                StartedAt = startedAt, Warm = end.Warm, Waited = end.Waited, Booting = end.Booting,
            })], end);
        }
        // A guest may have files that do not go together; one kernel has what another has not.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HarnessException
            or ArgumentException)
        {
            var failed = new Classification(KernelStatus.InfraError, e.Message)
            {
                // Files that do not go together, and not a launcher or a disk that may do better next time.
                Lasts = e is ArgumentException or ProgramException,
            };
            return ([Boot(tasks[0], kernel.Id, failed, ProbeReport.Read("", nonce))], null);
        }
        finally
        {
            Files.Remove(work);
        }

        void Progress(int done) => tell(new RunEvent.Probing(kernel.Id, done, Cases.Count));
    }

    /// <summary>One that hangs leaves time for the others; <c>null</c> where there are none.</summary>
    private TimeSpan? ProgramDeadline(TimeSpan timeout)
    {
        var longest = TimeSpan.FromSeconds(tasks.Max(t => t.Program.Seconds));
        return tasks.Count == 1
            ? null
            : TimeSpan.FromTicks(Math.Max((timeout / 2).Ticks, (timeout / 4 + longest).Ticks));
    }

    /// <summary>What the boot says of each program that had its turn.</summary>
    private List<ProbedBoot> Asked(string kernelId, VmEnd end, string nonce, string work)
    {
        var reports = BootedPrograms.Reports(end.Channel, nonce, _names).Zip(Questions, Checked).ToList();
        var complaints = ConsoleComplaints.Of(
            end.Console, BootedPrograms.Joined(reports), Cases, inOrder: plan.Shuffle is null);
        var asked = new List<ProbedBoot>();
        foreach (var (i, classification) in BootedPrograms.Classify(end, _names, reports).Index())
        {
            if (classification is not null)
            {
                new CaseFiles(_directory.Console(kernelId, Label)).Write(Of(Questions[i]).Files(reports[i]));
                var boot = Boot(Questions[i], kernelId, OnDisk(classification, end, work), reports[i]) with
                {
                    Probing = end.ProbeDuration,
                    Complaints = asked.Count == 0 ? complaints : [],
                };
                asked.Add(Alone is null ? boot : AloneAnswer.Of(boot, Alone, end.Console));
            }
        }
        return asked;
    }

    private ProbeReport Checked(ProbeReport report, ProgramTask task) =>
        Of(task).Checked(report, inOrder: plan.Shuffle is null);

    private ProgramReport Of(ProgramTask task) =>
        new(task, plan.Probes.All.FirstOrDefault(p => p.Name == task.Program.Probe));

    private ProbedBoot Boot(ProgramTask task, string kernelId, Classification classification, ProbeReport report) =>
        new(plan.LabelOf(task.Program), classification, Of(task).Interpreted(report), 1, null, Console(kernelId))
        {
            Program = task.Program.Description,
            Repeat = Repeat,
        };

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

    private static string Kept(string file, int attempt) =>
        Path.ChangeExtension(file, $".attempt-{attempt}{Path.GetExtension(file)}");

    /// <summary>Keeps what a guest left that died before the one which was asked.</summary>
    private void KeepEvidence(GivenUpGuest guest, string kernelId, int attempt)
    {
        foreach (var (from, to) in new[]
        {
            (guest.ConsoleFile, _directory.Console(kernelId, Label)),
            (guest.ChannelFile, _directory.Ktap(kernelId, Label)),
        })
        {
            if (File.Exists(from))
            {
                File.Move(from, Kept(to, attempt), overwrite: true);
            }
        }
    }

    private void KeepEvidence(string kernelId, int attempt)
    {
        var console = _directory.Console(kernelId, Label);
        var files = new[] { console, LauncherLog(console), _directory.Ktap(kernelId, Label) };
        foreach (var file in files.Where(File.Exists))
        {
            File.Move(file, Kept(file, attempt), overwrite: true);
        }
    }
}
