namespace Harness.Kernels.Archives;

/// <summary>What differs between machines and tests; the defaults are right for a machine of Debian's family.</summary>
public sealed record ArchiveOptions
{
    /// <summary>The keys that may sign an index: package debian-archive-keyring.</summary>
    public string Keyring { get; init; } = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>
    /// Of a keyring that the user names, lower-case hex; <c>null</c> for the machine's own (<see cref="SuiteCache"/>).
    /// </summary>
    public string? KeyringSha256 { get; init; }

    /// <param name="keyring">The keys that the user names; <c>null</c> for the machine's own.</param>
    public static async Task<ArchiveOptions> OfAsync(string? keyring, CancellationToken cancellation) =>
        keyring is null ? new ArchiveOptions() : new ArchiveOptions
        {
            Keyring = keyring,
            KeyringSha256 = File.Exists(keyring) && !Files.IsSpecial(keyring)
                ? await Hashes.Sha256OfFileAsync(keyring, cancellation).ConfigureAwait(false) : null,
        };

    /// <summary>
    /// How long an index is used without asking the archive. Debian's archive is updated four times a day.
    /// </summary>
    public TimeSpan IndexLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A download that receives nothing for so long has failed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What a download may take in all, whatever its size and however often it is tried, beside
    /// <see cref="SlowestRate"/>.
    /// </summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>In bytes a second: a download that is slower in all has failed, though it never falls silent.</summary>
    public long SlowestRate { get; init; } = 16 << 10;

    /// <summary>How what fails in the network, or at a server, is repeated.</summary>
    public RetryPolicy Retries { get; init; } = RetryPolicy.Default;
}
