using Harness.Kernels.Archives;

namespace Harness.Kernels.Packages;

/// <summary>The text of a locked package.</summary>
public sealed class LockedPackageFile
{
    public string? Package { get; set; }

    public string? Version { get; set; }

    public string? Uri { get; set; }

    /// <summary>In bytes.</summary>
    public long Size { get; set; }

    /// <summary>Lower-case hex.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Keys of which one must have signed the package itself, relative to the lock.</summary>
    public string? Gpgkey { get; set; }

    internal static LockedPackageFile Of(ArchivePackage package, string directory) => new()
    {
        Package = package.Name,
        Version = package.Version,
        Uri = package.Address.AbsoluteUri,
        Size = package.Size,
        Sha256 = package.Sha256,
        Gpgkey = package.Keyring is { } keyring ? Path.GetRelativePath(directory, keyring) : null,
    };

    /// <returns>The package; <c>null</c> where something is missing or makes no sense.</returns>
    internal ArchivePackage? Read(string directory) =>
        Package is { } name && Version is { } version && Uri is { } uri && ArchiveAddress.IsValid(uri)
        && Size > 0 && Hashes.IsSha256(Sha256)
            ? new ArchivePackage(name, version, new Uri(uri), Size, Sha256!)
            {
                Keyring = Gpgkey is { } keyring ? Path.GetFullPath(keyring, directory) : null,
            }
            : null;
}
