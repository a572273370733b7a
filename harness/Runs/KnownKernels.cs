using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// Keeps the rows of tested kernels in the user's cache, each with its consoles and reports, so that a later run takes
/// over what the same image answered the same programs. A file that cannot be read is ignored: its kernel is measured.
/// </summary>
internal sealed class KnownKernels(string cacheRoot)
{
    private const string RowName = "row.json";

    /// <summary>The directories of a run that hold a kernel's files.</summary>
    private static readonly string[] _directories = [RunDirectory.ConsoleName, RunDirectory.KtapName];

    /// <returns><c>null</c> when nothing is known.</returns>
    public KnownKernel? Recall(KnownKey key) => Read(key, archive =>
    {
        using var row = (archive.GetEntry(RowName) ?? throw new InvalidDataException()).Open();
        var known = JsonSerializer.Deserialize(row, KnownJson.Known);
        if (known is null || known.Key != key)
        {
            return null;
        }
        ResultsFile.RequireConsistent(key.FileName, "$.row", known.Row);
        return known;
    });

    /// <summary>Puts the kernel's consoles and reports where the run would have put them.</summary>
    /// <returns>Whether they are there now; else the kernel is to be measured.</returns>
    public bool TakeFiles(KnownKey key, string runDirectory) => Read(key, archive =>
    {
        foreach (var file in archive.Entries.Where(e => e.FullName != RowName))
        {
            var parts = file.FullName.Split('/');
            if (parts is not [var directory, var name] || !_directories.Contains(directory)
                || !IsOf(key.Kernel, name))
            {
                throw new InvalidDataException();
            }
            Directory.CreateDirectory(Path.Combine(runDirectory, directory));
            file.ExtractToFile(Path.Combine(runDirectory, directory, name), overwrite: true);
        }
        CachePruning.Used(PathOf(key));
        return (bool?)true;
    }) ?? false;

    /// <summary>Keeps a row for later runs. What cannot be written is not kept.</summary>
    public void Remember(KnownKernel known, string runDirectory)
    {
        try
        {
            Directory.CreateDirectory(CacheKind.Known.In(cacheRoot));
            Files.Replace(PathOf(known.Key), file => Write(file, known, runDirectory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is measured again.
        }
    }

    private static void Write(Stream file, KnownKernel known, string runDirectory)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        using (var row = archive.CreateEntry(RowName, CompressionLevel.Fastest).Open())
        {
            JsonSerializer.Serialize(row, known, KnownJson.Known);
        }
        foreach (var directory in _directories.Where(d => Directory.Exists(Path.Combine(runDirectory, d))))
        {
            var files = Directory.EnumerateFiles(
                Path.Combine(runDirectory, directory), known.Key.Kernel + ".*").Order(StringComparer.Ordinal);
            foreach (var path in files.Where(path => IsOf(known.Key.Kernel, Path.GetFileName(path))))
            {
                archive.CreateEntryFromFile(
                    path, $"{directory}/{Path.GetFileName(path)}", CompressionLevel.Fastest);
            }
        }
    }

    /// <summary>Whether a file's name is one of the kernel's, and none that leads elsewhere.</summary>
    private static bool IsOf(string kernel, string name) =>
        name.StartsWith(kernel + ".", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal);

    private T? Read<T>(KnownKey key, Func<ZipArchive, T?> read)
    {
        try
        {
            using var archive = ZipFile.OpenRead(PathOf(key));
            return read(archive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException
            or JsonException or ResultsException or InvalidOperationException)
        {
            return default;
        }
    }

    private string PathOf(KnownKey key) => Path.Combine(CacheKind.Known.In(cacheRoot), key.FileName);
}

/// <summary>Rows look as in the journal.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KnownKernel))]
internal sealed partial class KnownJson : JsonSerializerContext
{
    public static System.Text.Json.Serialization.Metadata.JsonTypeInfo<KnownKernel> Known { get; } =
        new KnownJson(new JsonSerializerOptions(ResultsJson.Default.Options)).KnownKernel;
}
