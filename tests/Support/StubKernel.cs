namespace Harness.Tests.Support;

/// <summary>The smallest files that QEMU takes for a kernel.</summary>
internal static class StubKernel
{
    /// <summary>Switches interrupts off and halts, for ever: <c>cli; 1: hlt; jmp 1b</c>. It costs no CPU.</summary>
    private static readonly byte[] _halt = [0xfa, 0xf4, 0xeb, 0xfd];

    /// <summary>Writes a kernel that halts at its entry.</summary>
    /// <returns>The path.</returns>
    public static string Hanging(string path) => Write(path, _halt);

    /// <summary>Writes a kernel that says <c>x</c> on its console, and hangs.</summary>
    /// <returns>The path.</returns>
    public static string Speaking(string path) => Write(path,
    [
        0xba, 0xe8, 0x03, // mov $0x3e8,%dx: the transmitter of ttyS2
        0xb0, (byte)'x', 0xee, // mov $'x',%al; out %al,%dx
        0xb0, (byte)'\n', 0xee,
        .. _halt,
    ]);

    /// <summary>Writes a setup header of boot protocol 2.0 (Documentation/arch/x86/boot.rst), and code.</summary>
    private static string Write(string path, byte[] code)
    {
        const int Code = 0x268; // behind the header
        var image = new byte[64 * 1024];
        image[0x1f1] = 1; // sectors of set-up
        (image[0x1fe], image[0x1ff]) = (0x55, 0xaa);
        (image[0x200], image[0x201]) = (0xeb, Code - 0x202); // jmp
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        image[0x207] = 2; // protocol 2.0
        image[0x211] = 1; // loaded high
        code.CopyTo(image.AsSpan(Code));
        File.WriteAllBytes(path, image);
        return path;
    }
}
