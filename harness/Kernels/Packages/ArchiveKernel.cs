namespace Harness.Kernels.Packages;

/// <summary>A kernel in packages of an archive that a matrix names.</summary>
/// <param name="Source">The key of its source, <c>apt</c>.</param>
/// <param name="Line">Whose kernel it is, for reports: <c>ubuntu</c>, <c>el9</c>.</param>
/// <param name="Id">Its id in a run.</param>
/// <param name="Arch">As <c>uname -m</c> says.</param>
/// <param name="Image">The package that holds the image.</param>
/// <param name="Beside">Packages that hold its modules or its configuration, where the first one does not.</param>
public sealed record ArchiveKernel(
    string Source, string Line, string Id, KernelVersion Upstream, string Arch, ArchivePackage Image,
    IReadOnlyList<ArchivePackage> Beside)
{
    public string Description => $"{Line} {Image.Name} {Image.Version}";

    /// <summary>
    /// An id of a line, a package's version and further words, which says nothing that an id must not.
    /// </summary>
    public static string IdOf(string line, string version, params IEnumerable<string> words) =>
        KernelIds.Replace(string.Join('-', [line, version, .. words]));
}
