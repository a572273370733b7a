using Harness.Cache;
using Harness.Runs;

namespace Harness.Bisection;

/// <summary>The directory of a bisection: whether one may go on in it, its lock, and its two documents.</summary>
internal static class BisectDirectory
{
    /// <param name="directory">As <c>--out</c> gives it; <c>null</c> for a new one.</param>
    /// <param name="marker">The file by which a bisection of this kind knows its directory again.</param>
    /// <exception cref="UsageException">It is a file, or holds something else.</exception>
    public static void RequireUsable(string? directory, string marker)
    {
        RunOptions.RequireNoFile(directory);
        if (directory is not null && !File.Exists(Path.Combine(directory, marker))
            && Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any(IsAnothers))
        {
            throw new UsageException($"--out: {directory} is not empty, and holds no such bisection to go on with");
        }

        // A bisection that was killed while it wrote its marker leaves the half of it.
        bool IsAnothers(string path) => !Files.IsTemporaryOf(Path.GetFileName(path), marker);
    }

    /// <summary>Locks the directory, until the stream is closed or the process ends.</summary>
    /// <exception cref="UsageException">Another process has locked it.</exception>
    public static FileStream Lock(Workspace workspace, string directory) =>
        Lock(workspace, $"bisect-{Hashes.Sha256OfText(Files.RealPath(directory))}", $"the bisection in {directory}");

    /// <param name="key">What is locked; it becomes a file's name.</param>
    /// <param name="what">The same in words, for the error.</param>
    /// <exception cref="UsageException">Another process has locked it.</exception>
    public static FileStream Lock(Workspace workspace, string key, string what) =>
        CacheLock.TryTake(workspace.CacheRoot, key)
            ?? throw new UsageException($"another harness is at work on {what}");

    public static void Write(string directory, string json, string report)
    {
        Files.Replace(Path.Combine(directory, ReleaseDocument.Name), json + "\n");
        Files.Replace(Path.Combine(directory, ReleaseReport.FileName), report);
    }
}
