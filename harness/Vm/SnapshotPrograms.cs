namespace Harness.Vm;

/// <summary>The programs that a snapshot depends on, and what they take from this machine.</summary>
/// <param name="Qemu">QEMU's program: its SHA256, its version, and a hash of what it loads.</param>
/// <param name="Launcher">A hash of virtme-run's code, which adds parameters of its own.</param>
/// <param name="Init">The SHA256 of the initramfs of a guest that waits.</param>
/// <param name="Host">What virtme-run and QEMU hand on to the guest (<see cref="SnapshotHost"/>).</param>
internal sealed record SnapshotPrograms(string Qemu, string Launcher, string Init, string Host);
