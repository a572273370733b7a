using System.Security.Cryptography;

namespace Harness.Vm;

/// <summary>How one guest that waits for its orders is started.</summary>
/// <param name="Key">What its snapshot depends on.</param>
/// <param name="Restored">What it is restored from; <c>null</c> when it is booted.</param>
internal sealed record WarmGuest(IReadOnlyList<string> Key, Snapshot? Restored)
{
    /// <summary>In bytes: as much as the kernel's generator takes for a key (RNDADDENTROPY in random(4)).</summary>
    private const int SeedBytes = 64;

    public GuestStart Start => Restored is null ? GuestStart.Waiting : GuestStart.Restored;

    /// <param name="spec">With files that QEMU may read.</param>
    public WaitingRequest RequestFor(VmSpec spec) => new(
        (long)spec.MachineMemoryMiB << 20,
        VirtmeArguments.Orders(spec, RandomNumberGenerator.GetBytes(SeedBytes), DateTimeOffset.UtcNow),
        spec.Initramfs, spec.Machine.WaitRegister!.GoCommand, Restored?.Directory, Restored?.Chunks,
        Restored?.Checksum, spec.ConsoleFile);
}
