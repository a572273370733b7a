using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Processes;

namespace Harness.Runs;

/// <summary>What a program answered, and which file it was then.</summary>
/// <param name="Size">The file's, in bytes.</param>
/// <param name="Changed">
/// When the file was last written, in units of 100 ns since the year 1 (UTC). With the size it tells one version's file
/// from another's.
/// </param>
internal sealed record ToolVersion(string Path, long Size, long Changed, string Line);

/// <summary>
/// Versions of programs, kept in the user's cache, since virtme-ng needs a quarter of a second of Python to print its
/// own. Only programs in /usr/bin, where packages put them, are kept: a script in a source tree can print another
/// version although its file did not change.
/// </summary>
internal sealed class ToolVersions(string cacheRoot)
{
    private const string Packaged = "/usr/bin/";

    private readonly Lock _writing = new();

    private string FilePath => Path.Combine(cacheRoot, "tool-versions.json");

    /// <summary>The first line of what <c>PROGRAM --version</c> says; <c>null</c> when it says none.</summary>
    public async Task<string?> OfAsync(string program, CancellationToken cancellation)
    {
        if (CommandExecution.Find(program) is not { } found || !found.StartsWith(Packaged, StringComparison.Ordinal))
        {
            return await HostFacts.FirstLineAsync(program, "--version", cancellation).ConfigureAwait(false);
        }
        var file = new FileInfo(Files.RealPath(found));
        var (size, changed) = (file.Length, file.LastWriteTimeUtc.Ticks);
        if (Read().FirstOrDefault(v => v.Path == found) is { } known && (known.Size, known.Changed) == (size, changed))
        {
            return known.Line;
        }
        var line = await HostFacts.FirstLineAsync(program, "--version", cancellation).ConfigureAwait(false);
        if (line is not null)
        {
            lock (_writing)
            {
                CacheFile.Write(
                    FilePath, [.. Read().Where(v => v.Path != found), new ToolVersion(found, size, changed, line)],
                    ToolVersionsJson.Default.ToolVersionArray);
            }
        }
        return line;
    }

    private ToolVersion[] Read() => CacheFile.Read(FilePath, ToolVersionsJson.Default.ToolVersionArray) ?? [];
}

[JsonSerializable(typeof(ToolVersion[]))]
internal sealed partial class ToolVersionsJson : JsonSerializerContext;
