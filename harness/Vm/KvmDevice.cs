namespace Harness.Vm;

/// <summary>The device through which processes use KVM.</summary>
internal static class KvmDevice
{
    public const string Path = "/dev/kvm";

    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Whether its group may use it.</summary>
    public static bool IsOpenToGroup() => Has(Group);

    /// <summary>Whether every user may.</summary>
    public static bool IsOpenToAll() => Has(Others);

    private static bool Has(UnixFileMode mode) => File.Exists(Path) && (File.GetUnixFileMode(Path) & mode) == mode;
}
