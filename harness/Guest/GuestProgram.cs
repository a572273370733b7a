namespace Harness.Guest;

/// <summary>A program that the guest's init runs, in the order of names.</summary>
/// <param name="Name">Its file's name in the guest, one path component, by which init calls it on the console.</param>
/// <param name="Content">A static executable.</param>
/// <param name="Permissions">The file's permission bits.</param>
public sealed record GuestProgram(string Name, byte[] Content, uint Permissions = GuestProgram.Executable)
{
    /// <summary>Read and run by everybody, written by its owner: 0755.</summary>
    public const uint Executable = 0b111_101_101;
}
