using System.Buffers.Binary;

namespace Harness.Tests.Faults;

/// <summary>
/// Faults of a kernel, by name. Any other name becomes the kernel's host name, which tells the prober in the guest what
/// harm to do (tests/Fixtures/guests/faulty.c).
/// </summary>
internal static class KernelFaults
{
    private static readonly Dictionary<string, Func<PatchableKernel, IReadOnlyList<Patch>>> _faults = new()
    {
        // cli; hlt; and again
        ["dead"] = kernel => kernel.Entry(_ => [0xfa, 0xf4, 0xeb, 0xfc]),
        // lidt of six zero bytes behind the code; ud2
        ["triple-fault"] = kernel => kernel.Entry(
            at => [0x0f, 0x01, 0x1d, .. Address(at + 9), 0x0f, 0x0b, .. new byte[6]]),
        // mov $0xfe, %al; out %al, $0x64: the keyboard controller's reset
        ["reset-at-once"] = kernel => kernel.Entry(_ => [0xb0, 0xfe, 0xe6, 0x64, 0xeb, 0xfe]),
        // mov $0x3e8, %dx; mov $'x', %al; out %al, %dx, for ever: the serial port of the console
        ["endless-console"] = kernel => kernel.Entry(_ => [0x66, 0xba, 0xe8, 0x03, 0xb0, 0x78, 0xee, 0xeb, 0xfd]),
        // The names of the programs that the kernel tries as PID 1, /init of the initramfs among them.
        ["no-init"] = kernel => kernel.Text("/init", "/none"),
        ["no-console"] = kernel => kernel.NoSerialConsole(),
        ["panic-without-console"] = kernel => [.. kernel.NoSerialConsole(), .. kernel.HostName("panic")],
    };

    public static IReadOnlyList<Patch> Of(string fault, PatchableKernel kernel) =>
        _faults.TryGetValue(fault, out var make) ? make(kernel) : kernel.HostName(fault);

    private static byte[] Address(uint address)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, address);
        return bytes;
    }
}
