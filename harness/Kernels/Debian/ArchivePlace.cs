namespace Harness.Kernels.Debian;

/// <summary>
/// Where a package can be had. The same file may lie in several suites, and not be served in one of them.
/// </summary>
/// <param name="Filename">The path under that base.</param>
public sealed record ArchivePlace(string Suite, ArchiveBase Base, string Filename)
{
    /// <summary>The archive that the matrix names for it; <c>null</c> for the one in use.</summary>
    public Uri? Mirror { get; init; }
}
