namespace Harness.Machines;

/// <summary>
/// A register in which a guest that waits for its orders finds that they are there. It has no other use in that guest.
/// </summary>
/// <param name="Address">Of its I/O port, in hexadecimal with <c>0x</c>.</param>
/// <param name="GoCommand">
/// The command of QEMU's monitor that writes what the guest waits for (GO in bpf/init/orders.c).
/// </param>
public sealed record WaitRegister(string Address, string GoCommand);
