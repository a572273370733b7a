using System.Globalization;
using Harness.Cache;
using Harness.Machines;

namespace Harness.Vm;

/// <summary>
/// Finds out what QEMU can be kept from on this machine. It begins with everything. The first guest that is heard of
/// proves that QEMU bears it; where QEMU ends first and names one of the means, the VM is started again without it,
/// and a note says so.
/// </summary>
/// <param name="machine">The machine whose QEMU this is about.</param>
/// <param name="qemuVersion">What that QEMU answers to <c>--version</c>; <c>null</c> remembers nothing.</param>
/// <param name="cacheRoot">Where a proof is remembered; <c>null</c> remembers nothing.</param>
internal sealed class QemuConfinement(Machine machine, string? qemuVersion, string? cacheRoot)
{
    /// <summary>What the kernel sends to a process that makes a forbidden system call (signal(7)).</summary>
    private const int SigSys = 31;

    private readonly Lock _gate = new();
    private Confinement? _current;
    private bool _proven;

    /// <summary>What holds a VM that is started now.</summary>
    public Confinement Current
    {
        get
        {
            lock (_gate)
            {
                return _current ??= Recall();
            }
        }
    }

    /// <summary>
    /// The rights of a QEMU. Only root can give it a user of its own, and under KVM that user must get at the device.
    /// One that shares this machine's files has the harness's user, whose files these are.
    /// </summary>
    public static QemuRights RightsFor(
        Confinement confinement, Accelerator accelerator, bool sharesHost = false) => !confinement.Setpriv
        ? QemuRights.All
        : sharesHost ? QemuRights.Fewer
        : !Environment.IsPrivilegedProcess || !QemuUsers.AreMapped() ? QemuRights.Fewer
        : accelerator != Accelerator.Kvm || KvmDevice.IsOpenToAll() ? QemuRights.OwnUser
        : KvmDevice.IsOpenToGroup() ? QemuRights.OwnUserInGroup
        : QemuRights.Fewer;

    /// <summary>Why QEMU runs as root; <c>null</c> when it does not, or when another reason is known.</summary>
    public static string? ReasonForRoot(Confinement confinement, Accelerator accelerator) =>
        !Environment.IsPrivilegedProcess || RightsFor(confinement, accelerator) != QemuRights.Fewer ? null
        : !QemuUsers.AreMapped() ? "QEMU runs as root here: this user namespace lacks the user ids for VMs"
        : $"QEMU runs as root under KVM here: no group may use {KvmDevice.Path}";

    /// <summary>Learns from the end of a VM what QEMU bears.</summary>
    /// <param name="used">What held that VM.</param>
    /// <returns>Whether the VM has to be started again, under less.</returns>
    public bool Learn(Confinement used, VmEnd end)
    {
        lock (_gate)
        {
            _current ??= Recall();
            if (_proven)
            {
                return false;
            }
            if (end.Channel.Length > 0)
            {
                Prove(used);
                return false;
            }
            if (end.Ending != VmEnding.Exited || WithoutCulprit(used, end) is not { } less)
            {
                return false;
            }
            _current = less;
            return true;
        }
    }

    /// <summary>What of the confinement made QEMU end, taken out; <c>null</c> when it is not to blame.</summary>
    private Confinement? WithoutCulprit(Confinement used, VmEnd end)
    {
        var lines = end.LauncherError.Split('\n');
        var signal = string.Create(CultureInfo.InvariantCulture, $"{machine.QemuProgram}: ended by signal {SigSys}");
        if (used.Sandbox && lines.FirstOrDefault(
            line => line.Contains("sandbox", StringComparison.Ordinal)
                || line.Contains("seccomp", StringComparison.Ordinal) || line == signal) is { } sandbox)
        {
            return used with { Sandbox = false, Reasons = [.. used.Reasons, Reason("without its sandbox", sandbox)] };
        }
        if (used.Setpriv
            && lines.FirstOrDefault(line => line.Contains("setpriv", StringComparison.Ordinal)) is { } setpriv)
        {
            return used with { Setpriv = false, Reasons = [.. used.Reasons, Reason("with all rights", setpriv)] };
        }
        return null;
    }

    private string Reason(string how, string line) => $"{machine.QemuProgram} runs {how} here: {line.Trim()}";

    private void Prove(Confinement used)
    {
        (_current, _proven) = (used, true);
        if (cacheRoot is not null && qemuVersion is not null)
        {
            var proof = new ConfinementProof(BootId(), Identity(), used);
            CacheFile.Write(FilePath(cacheRoot), proof, ConfinementJson.Default.ConfinementProof);
        }
    }

    private Confinement Recall()
    {
        if (cacheRoot is null || qemuVersion is null
            || CacheFile.Read(FilePath(cacheRoot), ConfinementJson.Default.ConfinementProof) is not { } proof
            || (proof.BootId, proof.Qemu) != (BootId(), Identity()) || proof.Confinement is not { Reasons: not null })
        {
            return Confinement.Full;
        }
        _proven = true;
        return proof.Confinement;
    }

    private string FilePath(string root) => Path.Combine(root, $"confinement-{machine.Name}.json");

    private string Identity() => $"{(Environment.IsPrivilegedProcess ? "root" : "user")} {qemuVersion}";

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
