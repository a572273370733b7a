namespace Harness.Guest;

/// <summary>A file that a guest's programs find beside them.</summary>
/// <param name="Path">In the guest, absolute: <c>/objects/name.bpf.o</c>. Its directories are made.</param>
/// <param name="Permissions">The file's permission bits.</param>
public sealed record GuestFile(string Path, byte[] Content, uint Permissions = 0b110_100_100);
