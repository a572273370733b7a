namespace Harness.Kernels.Debian;

/// <summary>Finds where this machine, or its user, gets Debian packages from.</summary>
public static class AptSources
{
    /// <summary>
    /// The bases: those given, else those of the machine's apt sources, else those that python-apt-common knows.
    /// </summary>
    /// <param name="mirror">From <c>--mirror</c>, the matrix or HARNESS_MIRROR; <c>null</c> when none was given.</param>
    /// <param name="securityMirror">From HARNESS_SECURITY_MIRROR; when <c>null</c> it is derived from the mirror.</param>
    public static Task<ArchiveBases> FindAsync(string? mirror, string? securityMirror, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
