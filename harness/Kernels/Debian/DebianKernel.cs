using Harness.Kernels.Apt;

namespace Harness.Kernels.Debian;

/// <summary>One kernel of the archive: a Debian version in a flavour, whichever suites carry it.</summary>
/// <param name="Package">The package that holds the image.</param>
/// <param name="Size">The package's size in bytes.</param>
/// <param name="Sha256">The package's hash, lower-case hex.</param>
/// <param name="Places">At least one; in the order of preference.</param>
public sealed record DebianKernel(
    DebianVersion Version,
    string Flavour,
    DebianArchitecture Architecture,
    string Abi,
    string Package,
    bool Signed,
    long Size,
    string Sha256,
    IReadOnlyList<ArchivePlace> Places)
{
    /// <summary>What the ids of all kernels of the archive begin with.</summary>
    private const string Prefix = KernelLines.Debian + "-";

    /// <summary>The kernel's id in a run (docs/contract.md §5): <c>debian-6.1.192-2-cloud-amd64</c>.</summary>
    public string Id => IdOf(Version.ToString(), Flavour);

    public KernelVersion Upstream { get; } = KernelVersion.Parse(Version.Upstream);

    /// <summary>What <c>uname -r</c> says in the guest.</summary>
    public string Release => $"{Abi}-{Flavour}";

    public string Suite => Places[0].Suite;

    public string Description =>
        $"debian {Suite} {Package} {Version}{(Signed ? "" : " (unsigned: no signed package has this version)")}";

    public static string IdOf(string version, string flavour) => $"{Prefix}{version}-{flavour}";

    /// <summary>
    /// The place of a kernel with this id: its flavour. <c>null</c> for an id that names no kernel of Debian.
    /// </summary>
    public static KernelPlace? PlaceOf(string id) =>
        ParseId(id) is var (version, flavour) ? new KernelPlace(KernelLines.Debian, flavour, version) : null;

    /// <summary>
    /// What an id says; <c>null</c> for one that names no kernel of Debian. The version of a kernel's package has
    /// exactly
    /// one dash, because no upstream version of the kernel has any.
    /// </summary>
    public static (DebianVersion Version, string Flavour)? ParseId(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
        && id[Prefix.Length..].Split('-', 3) is [var upstream, var revision, var flavour]
        && DebianVersion.TryParse($"{upstream}-{revision}") is { } version
            ? (version, flavour)
            : null;
}
