using System.IO.Compression;
using System.Xml;
using CliWrap;
using Harness.Cache;
using Harness.Kernels.Archives;
using Harness.Processes;

namespace Harness.Kernels.Rpm;

/// <summary>
/// Reads the list of a repository: from the cache, or downloaded. Where <c>repomd.xml.asc</c> is there, it must be
/// good, and covers all hashes; where there is none, each package's own signature is asked for.
/// </summary>
internal sealed class RpmReader(RpmRule rule, KernelSourceContext context, ArchiveOptions options)
{
    private const string Repomd = "repodata/repomd.xml";

    /// <summary>In bytes. The largest repomd.xml has some KB; this only keeps a broken server from filling the disk.
    /// </summary>
    private const long RepomdLimit = 4 << 20;

    /// <summary>In bytes. Fedora's list has 20 MB, and 170 MB unpacked.</summary>
    private const long ListLimit = 1L << 30;

    private readonly ArchiveClient _client = new(context.Http, options, context.Clock);

    /// <summary>Attempts that failed in the network and were repeated.</summary>
    public List<Retry> Retries { get; } = [];

    /// <summary>Somebody may have tampered with the repository: no key that may sign it did.</summary>
    public bool IsForged { get; private set; }

    private string Directory =>
        System.IO.Directory.CreateDirectory(Path.Combine(context.Cache.Root, "archive")).FullName;

    private string CachePath
    {
        get
        {
            var key = Hashes.Sha256OfText(string.Join('\n', rule.Archive.AbsoluteUri, options.KeyringSha256,
                rule.Package, string.Join(' ', rule.Modules), rule.Arch));
            return Path.Combine(context.Cache.Root, "archive", $"rpm-{key[..16]}.json");
        }
    }

    /// <returns>The list; or why there is none, the rest of a sentence.</returns>
    public async Task<(RpmIndex? Index, string? Problem)> ReadAsync(CancellationToken cancellation)
    {
        var now = context.Clock.GetUtcNow();
        var cached = CacheFile.Read(CachePath, RpmIndexJson.Default.RpmIndex);
        if (cached is not null && !context.Refresh && cached.CheckedAt <= now
            && now < cached.CheckedAt + options.IndexLifetime)
        {
            return (cached, null);
        }
        var scratch = "";
        try
        {
            scratch = Path.Combine(Directory, Path.GetRandomFileName());
            System.IO.Directory.CreateDirectory(scratch);
            var (index, problem) = await DownloadAsync(scratch, cancellation).ConfigureAwait(false);
            if (index is not null)
            {
                CacheFile.Write(CachePath, index, RpmIndexJson.Default.RpmIndex);
            }
            return (index, problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException
            or InvalidDataException or XmlException)
        {
            return (null, e.Message);
        }
        finally
        {
            if (scratch.Length > 0)
            {
                Files.Remove(scratch);
            }
        }
    }

    private async Task<(RpmIndex? Index, string? Problem)> DownloadAsync(
        string scratch, CancellationToken cancellation)
    {
        var repomd = Path.Combine(scratch, "repomd.xml");
        var fetched = await FetchAsync(Repomd, RepomdLimit, repomd, cancellation).ConfigureAwait(false);
        if (fetched is not Fetched.Stored)
        {
            return (null, ReasonOf(fetched));
        }
        var (text, isSigned, problem) = await VerifyAsync(repomd, cancellation).ConfigureAwait(false);
        if (text is null)
        {
            return (null, problem);
        }
        if (RpmMetadata.PrimaryOf(text) is not { } list)
        {
            return (null, $"its {Repomd} names no list of packages with a SHA256");
        }
        var path = Path.Combine(scratch, "primary");
        var limit = list.Size > 0 ? list.Size : ListLimit;
        fetched = await FetchAsync(list.Location, limit, path, cancellation).ConfigureAwait(false);
        if (fetched is not Fetched.Stored stored)
        {
            return (null, ReasonOf(fetched));
        }
        if (stored.Sha256 != list.Sha256)
        {
            return (null, $"its {list.Location} fails verification: {stored.Size} bytes with SHA256 {stored.Sha256}, "
                + $"its repomd.xml says {list.Sha256}");
        }
        var packages = await ReadListAsync(path, list.Location, cancellation).ConfigureAwait(false);
        return (new RpmIndex(context.Clock.GetUtcNow(), isSigned, packages), null);
    }

    private async Task<(string? Text, bool IsSigned, string? Problem)> VerifyAsync(
        string repomd, CancellationToken cancellation)
    {
        var signature = repomd + ".asc";
        var fetched = await FetchAsync($"{Repomd}.asc", RepomdLimit, signature, cancellation).ConfigureAwait(false);
        if (fetched is Fetched.NotServed)
        {
            return PublicKeys.Problem(rule.Keyring) is { } missing ? (null, false, missing)
                : (await File.ReadAllTextAsync(repomd, cancellation).ConfigureAwait(false), false, null);
        }
        if (fetched is not Fetched.Stored)
        {
            return (null, false, ReasonOf(fetched));
        }
        var (signed, problem) = await SignedText.VerifyDetachedAsync(repomd, signature, rule.Keyring, cancellation)
            .ConfigureAwait(false);
        IsForged = signed is null && File.Exists(rule.Keyring);
        return (signed?.Text, true, signed is null ? $"its repomd.xml fails verification: {problem}" : null);
    }

    private Task<Fetched> FetchAsync(string file, long limit, string path, CancellationToken cancellation) =>
        _client.FetchAsync(
            new FetchRequest(ArchiveClient.AddressOf(rule.Archive, file), limit) { Retrying = Retries.Add }, path,
            cancellation);

    private async Task<IReadOnlyList<RpmPackage>> ReadListAsync(
        string path, string name, CancellationToken cancellation)
    {
        if (Path.GetExtension(name) is ".xz" or ".zst")
        {
            var (packages, unpacked) = await new Command(Path.GetExtension(name) == ".xz" ? "xz" : "zstd")
                .WithArguments(["-dcq", path]).ReadOutputAsync(ReadAsync, cancellation).ConfigureAwait(false);
            return unpacked.IsSuccess ? packages : throw new InvalidDataException(unpacked.Describe());
        }
        await using var file = File.OpenRead(path);
        await using var text = Path.GetExtension(name) == ".gz"
            ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        return await ReadAsync(text).ConfigureAwait(false);

        Task<IReadOnlyList<RpmPackage>> ReadAsync(Stream list) => Task.Run<IReadOnlyList<RpmPackage>>(() =>
        {
            using var bounded = new BoundedStream(list, ListLimit);
            return [.. RpmMetadata.ReadAll(bounded, rule.IsWanted)];
        });
    }

    private static string ReasonOf(Fetched fetched) => fetched switch
    {
        Fetched.NotServed { Reason: var reason } => reason,
        Fetched.Unreachable { Reason: var reason } => reason,
        _ => "the server says that nothing changed since nothing was read",
    };
}
