using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Harness.Cache;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// Keeps the rows of tested kernels in the user's cache, each in an archive with its consoles and reports. One that
/// cannot be read, or is not as it was written, is as none: its kernel is measured.
/// </summary>
internal sealed class KnownKernels(string cacheRoot)
{
    private const string RowName = "row.json";

    /// <summary>In bytes, of a row: tens of thousands of cases.</summary>
    private const long LongestRow = 64 << 20;

    /// <returns><c>null</c> when nothing is known.</returns>
    public KnownKernel? Recall(KnownKey key)
    {
        try
        {
            using var archive = ZipFile.OpenRead(PathOf(key));
            var entries = archive.Entries.Select(entry => (entry.FullName, Content: Read(entry))).ToList();
            if (archive.Comment != Digest(entries))
            {
                return null;
            }
            var known = JsonSerializer.Deserialize(entries.First(e => e.FullName == RowName).Content, KnownJson.Known);
            if (known is null || known.Key != key || known.Row.Id != key.Kernel || known.Row.Sha256 != key.Image
                || !KnownKernel.Stands(known.Row))
            {
                return null;
            }
            ResultsFile.RequireConsistent(key.FileName, "$.row", known.Row);
            CachePruning.Used(PathOf(key));
            return known with
            {
                Files = entries.Where(e => e.FullName != RowName)
                    .ToDictionary(e => e.FullName, e => e.Content, StringComparer.Ordinal),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException
            or JsonException or ResultsException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Keeps a row for later runs. What cannot be written is not kept.</summary>
    public void Remember(KnownKernel known)
    {
        try
        {
            Directory.CreateDirectory(CacheKind.Known.In(cacheRoot));
            Files.Replace(PathOf(known.Key), file => Write(file, known));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Forget(known.Key);
        }
    }

    /// <summary>Removes what is known, as the kernel has answered otherwise since.</summary>
    public void Forget(KnownKey key)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is none, or it cannot be removed.
        }
    }

    private static void Write(Stream file, KnownKernel known)
    {
        var row = JsonSerializer.SerializeToUtf8Bytes(known, KnownJson.Known);
        (string FullName, byte[] Content)[] entries =
        [
            (RowName, row),
            .. known.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, f.Value)),
        ];
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true)
        {
            Comment = Digest(entries),
        };
        foreach (var (name, content) in entries)
        {
            using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
            entry.Write(content);
        }
    }

    /// <summary>Of all that an archive holds, as nobody checks the sums that archives have of themselves.</summary>
    private static string Digest(IEnumerable<(string FullName, byte[] Content)> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in entries)
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            hash.AppendData(SHA256.HashData(content));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <exception cref="InvalidDataException">It is damaged, or larger than anything that is kept.</exception>
    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = new BoundedStream(
            entry.Open(), entry.FullName == RowName ? LongestRow : KnownFiles.MostBytes);
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private string PathOf(KnownKey key) => Path.Combine(CacheKind.Known.In(cacheRoot), key.FileName);
}

/// <summary>Rows look as in the journal.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KnownKernel))]
internal sealed partial class KnownJson : JsonSerializerContext
{
    public static JsonTypeInfo<KnownKernel> Known { get; } =
        new KnownJson(new JsonSerializerOptions(ResultsJson.Default.Options)).KnownKernel;
}
