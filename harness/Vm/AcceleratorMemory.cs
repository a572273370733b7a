using System.Text.Json.Serialization;
using Harness.Cache;

namespace Harness.Vm;

/// <summary>Whether KVM works on this machine, as proven by booting a Linux kernel.</summary>
/// <param name="BootId">Of the host: the answer holds until it reboots.</param>
/// <param name="Device">What /dev/kvm was at that time: another device or permission asks again.</param>
/// <param name="Reason">Why not, in one line; <c>null</c> when it works.</param>
public sealed record KvmProof(string BootId, string Device, string Qemu, bool Works, string? Reason);

/// <summary>Remembers the proof in the user's cache.</summary>
public sealed class AcceleratorMemory(string cacheRoot)
{
    private string FilePath => Path.Combine(cacheRoot, "kvm.json");

    /// <summary>The proof made under the same circumstances, if there is one.</summary>
    public KvmProof? Recall(string bootId, string device, string qemu)
    {
        var proof = CacheFile.Read(FilePath, KvmProofJson.Default.KvmProof);
        return proof is not null && (proof.BootId, proof.Device, proof.Qemu) == (bootId, device, qemu) ? proof : null;
    }

    public void Remember(KvmProof proof) => CacheFile.Write(FilePath, proof, KvmProofJson.Default.KvmProof);
}

[JsonSerializable(typeof(KvmProof))]
internal sealed partial class KvmProofJson : JsonSerializerContext;
