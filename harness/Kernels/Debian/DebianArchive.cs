using Harness.Kernels.Apt;
using Harness.Kernels.Archives;

namespace Harness.Kernels.Debian;

/// <summary>
/// Reads the archive's indexes, and trusts what the chain of apt-secure(8) covers: the keyring verifies a suite's
/// InRelease, whose hashes verify its Packages.xz, whose hashes verify the packages.
/// </summary>
public sealed class DebianArchive(
    ArchiveBases bases, HttpClient http, ImageCache cache, ArchiveOptions options, TimeProvider clock)
{
    private readonly ArchiveClient _client = new(http, options, clock);
    private readonly SuiteCache _cache = new(cache, options.KeyringSha256);

    /// <summary>
    /// The kernel packages of the suites. A suite that cannot be read or verified is left out, with a note that says
    /// whether the archive has none such or something failed.
    /// </summary>
    /// <param name="architecture">Debian's name of it: <c>amd64</c>.</param>
    /// <param name="refresh">Ask the archive even when the cached index counts as fresh.</param>
    public async Task<ArchiveIndex> ReadAsync(
        IReadOnlyList<string> suites, string architecture, bool refresh, CancellationToken cancellation)
    {
        var indexes = await Task.WhenAll(
            suites.Select(suite => ReadSuiteAsync(suite, architecture, refresh, cancellation))).ConfigureAwait(false);
        return new ArchiveIndex(
            [.. indexes.SelectMany(index => index.Packages)], [.. indexes.SelectMany(index => index.Notes)]);
    }

    private Task<ArchiveIndex> ReadSuiteAsync(
        string suite, string architecture, bool refresh, CancellationToken cancellation)
    {
        if (!SuitePlace.IsName(suite))
        {
            return LeaveOut(suite, "that is no name of a suite");
        }
        var which = ArchiveBases.Of(suite);
        if (bases[which] is not { } archive)
        {
            return LeaveOut(suite, which == ArchiveBase.Security && bases.Main is not null
                ? $"no security archive is known ({bases.Origin})"
                : bases.Origin);
        }
        return ReadSuiteAsync(archive, suite, architecture, refresh, cancellation);
    }

    private async Task<ArchiveIndex> ReadSuiteAsync(
        Uri archive, string suite, string architecture, bool refresh, CancellationToken cancellation)
    {
        var place = new SuitePlace(archive, suite, "main", architecture);
        place = bases.IsOfRule ? place with { Name = $"{suite} of {archive}" } : place;
        var index = await new SuiteReader(place, KernelStanza.Filter, _client, _cache, options, clock)
            .ReadAsync(refresh, cancellation).ConfigureAwait(false);
        var packages = index.Packages
            .Select(kernel => KernelStanza.ToPackage(kernel, suite, architecture, bases.IsOfRule ? archive : null));
        return new ArchiveIndex([.. packages.OfType<DebianPackage>()], index.Notes);
    }

    private static Task<ArchiveIndex> LeaveOut(string suite, string reason)
    {
        var note = new ArchiveNote(suite, LeftOut: true, $"suite {suite} is left out: {reason}") { Failure = reason };
        return Task.FromResult(new ArchiveIndex([], [note]));
    }
}
