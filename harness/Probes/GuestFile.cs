namespace Harness.Probes;

/// <summary>A file that a guest's programs find beside them.</summary>
/// <param name="Path">In the guest, absolute: <c>/objects/name.bpf.o</c>. Its directories are made.</param>
/// <param name="Permissions">The file's permission bits.</param>
public sealed record GuestFile(string Path, byte[] Content, uint Permissions = GuestFile.Readable)
{
    /// <summary>The permission bits of a file that everybody may read.</summary>
    public const uint Readable = 0b110_100_100;

    /// <summary>The permission bits of a file that everybody may run.</summary>
    public const uint Executable = 0b111_101_101;
}
