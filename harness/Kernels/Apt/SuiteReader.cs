using System.Globalization;
using System.IO.Compression;
using CliWrap;
using Harness.Kernels.Archives;
using Harness.Processes;

namespace Harness.Kernels.Apt;

/// <summary>
/// Reads one component of one suite for one architecture: cached, or downloaded with every link of the chain of
/// apt-secure(8) checked: the keyring verifies the suite's InRelease, whose hashes verify its Packages, whose hashes
/// verify the packages.
/// </summary>
internal sealed class SuiteReader(
    SuitePlace place, PackageFilter filter, ArchiveClient client, SuiteCache cache, ArchiveOptions options,
    TimeProvider clock)
{
    // The largest InRelease is 0.3 MB; this only keeps a broken server from filling the disk.
    private const long InReleaseLimit = 4 << 20;

    // The largest index has 60 MB, unpacked; this only keeps a small one from filling the memory.
    private const long IndexLimit = 512 << 20;

    /// <summary>
    /// The forms of an index, best first, each with the command that unpacks it. Debian and Ubuntu have the first;
    /// reprepro makes the others unless told.
    /// </summary>
    private static readonly string[] _forms = [".xz", ".gz", ""];

    private readonly string _suite = place.Suite;
    private readonly string _architecture = place.Architecture;
    private readonly List<ArchiveNote> _notes = [];
    private readonly List<Retry> _retries = [];

    public async Task<SuiteIndex> ReadAsync(bool refresh, CancellationToken cancellation)
    {
        var cached = cache.Load(place, filter);
        var now = clock.GetUtcNow();
        var isFresh = cached is not null && cached.CheckedAt <= now && now < cached.CheckedAt + options.IndexLifetime;
        var content = isFresh && !refresh ? cached : await UpdateAsync(cached, cancellation).ConfigureAwait(false);
        if (content?.ValidUntil < now && !place.IsDated)
        {
            Note(string.Create(
                CultureInfo.InvariantCulture, $"its index was valid until {content.ValidUntil:yyyy-MM-dd}")
                + " only: the mirror has had no newer one since");
        }
        if (content is not null && _retries.Count > 0)
        {
            var reasons = string.Join("; ", _retries.Select(retry => retry.Reason).Distinct());
            Note(string.Create(CultureInfo.InvariantCulture, $"{_retries.Count} attempts at it failed: {reasons}"));
        }
        return new SuiteIndex(content?.Kernels ?? [], _notes);
    }

    private async Task<CachedSuite?> UpdateAsync(CachedSuite? cached, CancellationToken cancellation)
    {
        var temporary = "";
        try
        {
            temporary = Path.Combine(cache.Directory, $"{_suite}-{_architecture}.{Path.GetRandomFileName()}");
            return await DownloadAsync(cached, temporary, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CommandException or InvalidDataException)
        {
            return FallBack(cached, e.Message);
        }
        finally
        {
            if (temporary.Length > 0)
            {
                File.Delete(temporary);
            }
        }
    }

    private async Task<CachedSuite?> DownloadAsync(
        CachedSuite? cached, string temporary, CancellationToken cancellation)
    {
        var address = ArchiveClient.AddressOf(place.Archive, $"dists/{_suite}/InRelease");
        var request = new FetchRequest(address, InReleaseLimit, cached?.Validator)
        {
            IsDispensable = cached is not null,
            Retrying = _retries.Add,
        };
        var fetched = await client.FetchAsync(request, temporary, cancellation).ConfigureAwait(false);
        if (fetched is Fetched.NotModified && cached is not null)
        {
            return await SaveAsync(cached with { CheckedAt = clock.GetUtcNow() }, cancellation).ConfigureAwait(false);
        }
        if (fetched is Fetched.NotServed { Reason: var missing } && cached is null)
        {
            return HasNone(missing);
        }
        if (fetched is not Fetched.Stored stored)
        {
            return FallBack(cached, ReasonOf(fetched));
        }
        var (signed, problem) = await SignedText.VerifyAsync(temporary, options.Keyring, cancellation)
            .ConfigureAwait(false);
        if (signed is null)
        {
            return LeaveOut($"its InRelease fails verification: {problem}", isForged: File.Exists(options.Keyring));
        }
        var release = ReleaseFile.Parse(signed.Text);
        if (!release.Is(_suite))
        {
            return LeaveOut($"its InRelease fails verification: it is that of {release.Suite} ({release.Codename})");
        }
        var directory = $"{place.Component}/binary-{_architecture}";
        if (_forms.Select(form => $"{directory}/Packages{form}").FirstOrDefault(release.Files.ContainsKey)
            is not { } path)
        {
            return HasNone($"it has no packages for {_architecture}"
                + (place.Component == "main" ? "" : $" in {place.Component}"));
        }
        var index = release.Files[path];
        var content = new CachedSuite(
            0, clock.GetUtcNow(), stored.Validator, release.ValidUntil, index.Sha256, cached?.Kernels ?? []);
        if (cached?.PackagesSha256 != index.Sha256)
        {
            var (kernels, reason) = await ReadIndexAsync(path, index, release.AcquireByHash, temporary, cancellation)
                .ConfigureAwait(false);
            if (kernels is null)
            {
                return reason is null ? null : FallBack(cached, reason);
            }
            content = content with { Kernels = kernels };
        }
        return await SaveAsync(content, cancellation).ConfigureAwait(false);
    }

    /// <returns>
    /// The kernels; or why the index cannot be had; or neither, when a note says why it is not to be trusted.
    /// </returns>
    private async Task<(IReadOnlyList<PackageStanza>? Kernels, string? Reason)> ReadIndexAsync(
        string path, IndexFile index, bool byHash, string temporary, CancellationToken cancellation)
    {
        Task<Fetched> FetchAsync(string file) =>
            client.FetchAsync(
                new FetchRequest(ArchiveClient.AddressOf(place.Archive, $"dists/{_suite}/{file}"), index.Size)
                {
                    Retrying = _retries.Add,
                },
                temporary, cancellation);
        var fetched = byHash
            ? await FetchAsync($"{Path.GetDirectoryName(path)}/by-hash/SHA256/{index.Sha256}").ConfigureAwait(false)
            : new Fetched.NotServed("");
        fetched = fetched is Fetched.NotServed ? await FetchAsync(path).ConfigureAwait(false) : fetched;
        if (fetched is not Fetched.Stored stored)
        {
            return (null, ReasonOf(fetched));
        }
        if (stored.Size != index.Size || stored.Sha256 != index.Sha256)
        {
            LeaveOut($"its {Path.GetFileName(path)} fails verification: {stored.Size} bytes with SHA256 "
                + $"{stored.Sha256}, its InRelease says {index.Size} and {index.Sha256}");
            return (null, null);
        }
        if (Path.GetExtension(path) != ".xz")
        {
            await using var file = File.OpenRead(temporary);
            await using var text = Path.GetExtension(path) == ".gz"
                ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            return (await ReadStanzasAsync(text).ConfigureAwait(false), null);
        }
        var (kernels, unpacked) = await new Command("xz")
            .WithArguments(["--decompress", "--stdout", "--format=xz", temporary])
            .ReadOutputAsync(ReadStanzasAsync, cancellation).ConfigureAwait(false);
        return unpacked.IsSuccess ? (kernels, null) : (null, unpacked.Describe());
    }

    private Task<IReadOnlyList<PackageStanza>> ReadStanzasAsync(Stream text) =>
        Task.Run<IReadOnlyList<PackageStanza>>(() =>
    {
        using var bounded = new BoundedStream(text, IndexLimit);
        using var reader = new StreamReader(bounded);
        return [.. PackageStanza.ReadAll(reader, filter)];
    });

    private async Task<CachedSuite> SaveAsync(CachedSuite content, CancellationToken cancellation)
    {
        try
        {
            await cache.SaveAsync(place, filter, content, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Note($"its index cannot be kept: {e.Message}");
        }
        return content;
    }

    private CachedSuite? FallBack(CachedSuite? cached, string reason)
    {
        if (cached is null)
        {
            return LeaveOut(reason);
        }
        Note(string.Create(CultureInfo.InvariantCulture,
            $"its index of {cached.CheckedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC is used: {reason}"));
        return cached;
    }

    /// <summary>The suite cannot be read, whatever the archive has.</summary>
    private CachedSuite? LeaveOut(string reason, bool isForged = false)
    {
        _notes.Add(LeftOut(reason) with { Failure = reason, IsForged = isForged, Retries = _retries });
        return null;
    }

    /// <summary>The archive has no such suite, or nothing of that architecture in it.</summary>
    private CachedSuite? HasNone(string reason)
    {
        _notes.Add(LeftOut(reason));
        return null;
    }

    private ArchiveNote LeftOut(string reason) =>
        new(_suite, LeftOut: true, $"suite {place.Name} is left out: {reason}");

    private void Note(string text) =>
        _notes.Add(new ArchiveNote(_suite, LeftOut: false, $"suite {place.Name}: {text}"));

    private static string ReasonOf(Fetched fetched) => fetched switch
    {
        Fetched.NotServed { Reason: var reason } => reason,
        Fetched.Unreachable { Reason: var reason } => reason,
        _ => "the server says that nothing changed since nothing was read",
    };
}
