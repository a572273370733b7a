using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Harness.Ktap;
using Harness.Machines;

namespace Harness.Vm;

/// <summary>
/// Decides between KVM and emulation. A KVM that opens, creates VMs and runs small payloads may still hang every Linux
/// kernel. Only a kernel that reaches the prober within a deadline proves that it works.
/// </summary>
public sealed class AcceleratorChooser(
    VirtualMachine vm,
    AcceleratorMemory memory,
    string qemuVersion,
    string device = KvmDevice.Path,
    TimeSpan? proofDeadline = null)
{
    /// <summary>A working KVM boots these kernels in about 2 s, so this is no close call.</summary>
    public static readonly TimeSpan ProofDeadline = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _deadline = proofDeadline ?? ProofDeadline;
    private KvmProof? _unconfirmed;

    /// <summary>The answer where no boot is needed for it; <c>null</c> when KVM has yet to be proven.</summary>
    public AcceleratorChoice? WithoutBoot(AcceleratorWish wish, Machine machine)
    {
        if (wish == AcceleratorWish.Tcg)
        {
            return new AcceleratorChoice(Accelerator.Tcg, null);
        }
        if ((ArchitectureProblem(machine) ?? DeviceProblem()) is { } problem)
        {
            return Choose(wish, problem);
        }
        return memory.Recall(BootId(), DeviceIdentity(), qemuVersion) is { } proof ? Choose(wish, proof.Reason) : null;
    }

    /// <summary>Proves KVM by booting a kernel, as its vendor ships it, with a report of no cases.</summary>
    /// <param name="directory">For the proof's console and channel; the caller removes it.</param>
    /// <exception cref="OperationCanceledException">Interrupted; nothing of the VM is left.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public async Task<AcceleratorChoice> ProveAsync(
        AcceleratorWish wish,
        Machine machine,
        string image,
        string initramfs,
        string directory,
        CancellationToken cancellation)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var spec = new VmSpec(
            machine, image, initramfs, Path.Combine(directory, "console.log"), Path.Combine(directory, "kvm.ktap"),
            directory, Accelerator.Kvm, nonce, ["none"], _deadline, Lean: false);
        var end = await vm.RunAsync(spec, null, cancellation).ConfigureAwait(false);
        // Any program of the guest will do; further ones may have begun meanwhile.
        var reason = ProbeReport.ReadEach(end.Channel, nonce)[0].IsWhole ? null : Explain(end);
        var proof = new KvmProof(BootId(), DeviceIdentity(), qemuVersion, reason is null, reason);
        if (proof.Works)
        {
            memory.Remember(proof);
        }
        else
        {
            _unconfirmed = proof;
        }
        return Choose(wish, reason);
    }

    /// <summary>
    /// Remembers that KVM failed the proof. Called when the proof's kernel has booted without KVM, so that the image is
    /// not to blame.
    /// </summary>
    public void ConfirmFailure()
    {
        if (Interlocked.Exchange(ref _unconfirmed, null) is { } proof)
        {
            memory.Remember(proof);
        }
    }

    private static AcceleratorChoice Choose(AcceleratorWish wish, string? problem) => problem is null
        ? new AcceleratorChoice(Accelerator.Kvm, null)
        : new AcceleratorChoice(Accelerator.Tcg, problem, Usable: wish != AcceleratorWish.Kvm);

    private string Explain(VmEnd end)
    {
        var complaint = end.LauncherError.Split('\n').LastOrDefault(IsAboutKvm)?.Trim();
        var within = end.Ending == VmEnding.Deadline
            ? string.Create(CultureInfo.InvariantCulture, $"within {_deadline.TotalSeconds:0} s ")
            : "";
        return $"{device} opens, but a Linux kernel did not reach user space {within}under it"
            + (complaint is null ? "" : $" ({complaint})");
    }

    private static bool IsAboutKvm(string line) =>
        line.Contains("KVM", StringComparison.Ordinal) || line.StartsWith("qemu", StringComparison.Ordinal);

    private static string? ArchitectureProblem(Machine machine) =>
        machine.Architecture == RuntimeInformation.OSArchitecture
            ? null
            : $"KVM runs only kernels of the machine's own architecture, and {machine.Name} is another";

    private string? DeviceProblem()
    {
        try
        {
            using var opened = new FileStream(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"there is no {device}: the machine has no hardware virtualization, or its module is not loaded";
        }
        catch (UnauthorizedAccessException)
        {
            return $"{device} may not be opened by this user: add the user to the group kvm";
        }
        catch (IOException e)
        {
            return $"{device} does not open: {e.Message}";
        }
    }

    private string DeviceIdentity() =>
        File.GetLastWriteTimeUtc(device).ToString("O", CultureInfo.InvariantCulture)
            + $" {File.GetUnixFileMode(device)}";

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
