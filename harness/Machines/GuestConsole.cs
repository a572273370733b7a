namespace Harness.Machines;

/// <summary>A terminal of the guest whose output QEMU writes into a file.</summary>
/// <param name="Name">The kernel's name of the device, as <c>console=</c> takes it and as it stands in /dev.</param>
/// <param name="QemuArguments">
/// What makes QEMU add the device and connect it to the character device of that file.
/// </param>
public sealed record GuestConsole(string Name, IReadOnlyList<string> QemuArguments)
{
    /// <summary>QEMU's id of the character device that writes the console's file.</summary>
    public const string ConsoleFile = "harness-console";

    /// <summary>QEMU's id of the character device that writes the channel's file.</summary>
    public const string ChannelFile = "harness-channel";
}
