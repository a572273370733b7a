using Harness.Kernels.Apt;
using Harness.Kernels.Archives;

namespace Harness.Kernels.Debian;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a locked package of the Debian archive.</summary>
public sealed class LockedDebianFile
{
    public string? Version { get; set; }

    public string? Flavour { get; set; }

    public string? Package { get; set; }

    /// <summary>The package's size in bytes.</summary>
    public long Size { get; set; }

    /// <summary>The package's hash, lower-case hex.</summary>
    public string? Sha256 { get; set; }

    public List<LockedPlaceFile>? Places { get; set; }

    internal static LockedDebianFile Of(DebianKernel kernel) => new()
    {
        Version = kernel.Version.ToString(),
        Flavour = kernel.Flavour,
        Package = kernel.Package,
        Size = kernel.Size,
        Sha256 = kernel.Sha256,
        Places =
        [
            .. kernel.Places.Select(place => new LockedPlaceFile
            {
                Suite = place.Suite,
                Base = place.Base,
                Filename = place.Filename,
                Mirror = place.Mirror?.AbsoluteUri,
            }),
        ],
    };

    /// <returns>The kernel; or what is wrong with the text, in words.</returns>
    internal (DebianKernel? Kernel, string? Problem) Read()
    {
        var version = DebianVersion.TryParse(Version);
        var name = KernelPackageName.TryParse(Package ?? "");
        var architecture = DebianArchitecture.OfFlavour(Flavour ?? "");
        var places = Places?.Select(Place).OfType<ArchivePlace>().ToList();
        var problem = version is null || KernelVersion.TryParse(Version) is null
            ? $"'{Version}' is not a kernel's Debian version"
            : architecture is null ? $"the flavour '{Flavour}' is not known"
            : name is null || name.Flavour != Flavour ? $"'{Package}' is not a package of that flavour's kernels"
            : Size <= 0 || !Hashes.IsSha256(Sha256) ? "size or sha256 is missing or makes no sense"
            : places is not { Count: > 0 } || places.Count != Places!.Count
                ? "places needs suite, base and filename (below pool/) of at least one place"
            : null;
        return problem is not null ? (null, problem) : (new DebianKernel(
            version!, Flavour!, architecture!, name!.Abi, Package!, name.Signed, Size, Sha256!, places!), null);
    }

    private static ArchivePlace? Place(LockedPlaceFile? place) =>
        place is { Suite: { } suite, Base: { } archive, Filename: { } filename } && KernelStanza.IsPoolPath(filename)
        && (place.Mirror is null || ArchiveAddress.IsValid(place.Mirror))
            ? new ArchivePlace(suite, archive, filename)
            {
                Mirror = place.Mirror is { } mirror ? new Uri(mirror) : null,
            }
            : null;
}
