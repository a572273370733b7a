using Harness.Cache;

namespace Harness.Vm;

/// <summary>Remembers in the user's cache whether KVM works.</summary>
public sealed class AcceleratorMemory(string cacheRoot)
{
    private string FilePath => Path.Combine(cacheRoot, "kvm.json");

    /// <summary>The proof made with the same boot of the host, device and QEMU; <c>null</c> without one.</summary>
    public KvmProof? Recall(string bootId, string device, string qemu)
    {
        var proof = CacheFile.Read(FilePath, KvmProofJson.Default.KvmProof);
        return proof is not null && (proof.BootId, proof.Device, proof.Qemu) == (bootId, device, qemu) ? proof : null;
    }

    public void Remember(KvmProof proof) => CacheFile.Write(FilePath, proof, KvmProofJson.Default.KvmProof);
}
