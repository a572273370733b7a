namespace Harness.Machines;

/// <summary>An I/O port through which the guest's init reports: a byte costs one instruction there.</summary>
/// <param name="Address">Of the port, in hexadecimal with <c>0x</c>.</param>
/// <param name="QemuArguments">
/// What makes QEMU add the device and connect it to the character device <see cref="GuestConsole.ChannelFile"/>.
/// </param>
public sealed record DebugPort(string Address, IReadOnlyList<string> QemuArguments);
