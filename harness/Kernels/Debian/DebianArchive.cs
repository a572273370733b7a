namespace Harness.Kernels.Debian;

/// <summary>What differs between machines and tests; the defaults are right for a machine of Debian's family.</summary>
public sealed record ArchiveOptions
{
    /// <summary>The keys that may sign an index: package debian-archive-keyring.</summary>
    public string Keyring { get; init; } = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>How long an index is used without asking the archive.</summary>
    public TimeSpan IndexLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A download that receives nothing for so long has failed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Reads the archive's signed indexes.</summary>
public sealed class DebianArchive(
    ArchiveBases bases, HttpClient http, ImageCache cache, ArchiveOptions options, TimeProvider clock)
{
    /// <summary>The kernel packages of the suites. A suite that cannot be read or verified is left out, with a note.</summary>
    /// <param name="architecture">Debian's name of it: <c>amd64</c>.</param>
    /// <param name="refresh">Ask the archive even when the cached index counts as fresh.</param>
    public Task<ArchiveIndex> ReadAsync(
        IReadOnlyList<string> suites, string architecture, bool refresh, CancellationToken cancellation) =>
        throw new NotImplementedException($"{bases}{http}{cache}{options}{clock}");
}
