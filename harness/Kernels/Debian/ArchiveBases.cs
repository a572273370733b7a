namespace Harness.Kernels.Debian;

/// <summary>
/// Where the archive is reached from here. Only this record knows hosts; locks and matrices never do.
/// </summary>
/// <param name="Main">The directory that holds <c>dists/</c> and <c>pool/</c>; <c>null</c> when none is known.</param>
/// <param name="Security">
/// The same for the <c>*-security</c> suites; <c>null</c> when none is known: those are left out.
/// </param>
/// <param name="Origin">Where this was learnt, in words, for <c>doctor</c> and messages.</param>
public sealed record ArchiveBases(Uri? Main, Uri? Security, string Origin)
{
    public Uri? this[ArchiveBase which] => which == ArchiveBase.Security ? Security : Main;

    /// <summary>
    /// Which tree a suite lives in: since bullseye security suites are named <c>codename-security</c>.
    /// </summary>
    public static ArchiveBase Of(string suite) =>
        suite.EndsWith("-security", StringComparison.Ordinal) ? ArchiveBase.Security : ArchiveBase.Main;
}
