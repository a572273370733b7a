namespace Harness.Probes.Exec;

/// <summary>A file, or a directory, of this machine and its place in the guest.</summary>
/// <param name="Guest">Absolute, in the guest.</param>
/// <param name="Host">Absolute, on this machine.</param>
internal sealed record HostedFile(string Guest, string Host)
{
    /// <summary>One that has the same path in the guest.</summary>
    public static HostedFile Same(string path) =>
        Path.IsPathRooted(path) && Path.GetFullPath(path) is var whole ? new(whole, whole) : new(path, path);

    /// <summary>Its directory; <c>/</c> of what lies there.</summary>
    public HostedFile Directory => new(DirectoryOf(Guest), DirectoryOf(Host));

    /// <summary>What a relative path leads to from this directory.</summary>
    public HostedFile At(string path) => new(Path.GetFullPath(path, Guest), Path.GetFullPath(path, Host));

    private static string DirectoryOf(string path) => Path.GetDirectoryName(path) ?? "/";
}
