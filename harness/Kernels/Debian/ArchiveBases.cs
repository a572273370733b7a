namespace Harness.Kernels.Debian;

/// <summary>
/// Where the archive is reached from here. Only this record knows hosts; locks don't, except those that a rule names.
/// </summary>
/// <param name="Main">The directory that holds <c>dists/</c> and <c>pool/</c>; <c>null</c> when none is known.</param>
/// <param name="Security">
/// The same for the <c>*-security</c> suites; <c>null</c> when none is known: those are left out.
/// </param>
/// <param name="Origin">Where this was learnt, in words, for <c>doctor</c> and messages.</param>
public sealed record ArchiveBases(Uri? Main, Uri? Security, string Origin)
{
    /// <summary>Whether a rule of the matrix names them: they are the place of its kernels, in a lock, too.</summary>
    public bool IsOfRule { get; init; }

    public Uri? this[ArchiveBase which] => which == ArchiveBase.Security ? Security : Main;

    /// <summary>The base of a place; <c>null</c> when none is known.</summary>
    public Uri? Of(ArchivePlace place) => place.Mirror ?? this[place.Base];

    /// <summary>
    /// Which tree a suite lives in: since bullseye security suites are named <c>codename-security</c>.
    /// </summary>
    public static ArchiveBase Of(string suite) =>
        suite.EndsWith("-security", StringComparison.Ordinal) ? ArchiveBase.Security : ArchiveBase.Main;
}
