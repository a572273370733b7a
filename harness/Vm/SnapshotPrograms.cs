namespace Harness.Vm;

/// <summary>The programs that a snapshot depends on.</summary>
/// <param name="Qemu">QEMU's program: its SHA256 and its version.</param>
/// <param name="Launcher">The SHA256 of virtme-run's code, which adds parameters of its own.</param>
/// <param name="Init">The SHA256 of the initramfs of a guest that waits.</param>
internal sealed record SnapshotPrograms(string Qemu, string Launcher, string Init);
