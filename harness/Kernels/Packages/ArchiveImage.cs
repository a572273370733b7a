using Harness.Kernels.Archives;

namespace Harness.Kernels.Packages;

/// <summary>The image of a kernel in an archive that a matrix names.</summary>
/// <param name="check">Checks a package's own signature, given its file and the keys that may sign.</param>
public sealed class ArchiveImage(
    ArchiveKernel kernel, ArchiveClient client, ImageCache cache,
    Func<string, string, CancellationToken, Task<string?>> check)
    : PackagedImage(
        new PackagedKernel(
            kernel.Arch, ToFile(kernel.Image, check), [.. kernel.Beside.Select(package => ToFile(package, check))]),
        client, cache)
{
    public ArchiveKernel Kernel { get; } = kernel;

    private static PackageFile ToFile(
        ArchivePackage package, Func<string, string, CancellationToken, Task<string?>> check)
    {
        var file = new PackageFile(package.Name, package.Version, package.Size, package.Sha256, [package.Address]);
        return package.Keyring is { } keyring
            ? file with { Check = (path, cancellation) => check(path, keyring, cancellation) } : file;
    }
}
