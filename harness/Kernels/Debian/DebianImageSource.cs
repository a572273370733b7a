using Harness.Kernels.Archives;
using Harness.Kernels.Packages;

namespace Harness.Kernels.Debian;

/// <summary>The image of a kernel in the Debian archive.</summary>
public sealed class DebianImageSource(
    DebianKernel kernel, ArchiveBases bases, ArchiveClient client, ImageCache cache)
    : PackagedImage(Packages(kernel, bases), client, cache)
{
    public DebianKernel Kernel { get; } = kernel;

    private static PackagedKernel Packages(DebianKernel kernel, ArchiveBases bases) => new(
        kernel.Architecture.Machine,
        new PackageFile(
            kernel.Package, kernel.Version.ToString(), kernel.Size, kernel.Sha256, [.. Addresses(kernel, bases)]),
        [], $"no archive is known that has it ({bases.Origin})");

    private static IEnumerable<Uri> Addresses(DebianKernel kernel, ArchiveBases bases) => kernel.Places
        .Select(place => (Base: bases.Of(place), place.Filename))
        .Where(place => place.Base is not null)
        .Select(place => ArchiveClient.AddressOf(place.Base!, place.Filename))
        .Distinct();
}
