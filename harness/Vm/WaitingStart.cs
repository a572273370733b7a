namespace Harness.Vm;

/// <summary>
/// How a guest starts that boots without programs, says that it is ready, and waits for its orders: it can be saved
/// then, and be restored for other orders.
/// </summary>
/// <param name="Initramfs">Of a guest that has its init alone.</param>
/// <param name="ImageSha256">Of the kernel image, in lower-case hexadecimal digits.</param>
/// <param name="Unpacked">The kernel that is booted was unpacked from that image.</param>
/// <param name="AtOnce">
/// It is saved when it is first booted; otherwise that boot is only noted, and the second one is saved.
/// </param>
public sealed record WaitingStart(string Initramfs, string ImageSha256, bool Unpacked, bool AtOnce = true);
