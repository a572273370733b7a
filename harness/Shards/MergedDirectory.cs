using Harness.Results;
using Harness.Runs;

namespace Harness.Shards;

/// <summary>
/// Writes a joined run as a run directory: results, consoles and guests' reports of the runs that it is of.
/// </summary>
public static class MergedDirectory
{
    /// <summary>Which run each kernel is of, and what runs disagree on. A directory that has it was joined.</summary>
    public const string OriginsName = "merged.json";

    /// <summary>What is copied of each kernel.</summary>
    private static readonly string[] _perKernel = [RunDirectory.ConsoleName, RunDirectory.KtapName];

    /// <exception cref="UsageException">
    /// The directory is not empty, and no earlier merge wrote it; or it is one of the runs.
    /// </exception>
    public static void RequireFree(string directory, IEnumerable<string> runs)
    {
        RunOptions.RequireNoFile(directory);
        if (runs.Any(run => Files.RealPath(run) == Files.RealPath(directory)))
        {
            throw new UsageException($"--out: {directory} is one of the runs to join");
        }
        if (Directory.Exists(directory) && !File.Exists(Path.Combine(directory, OriginsName))
            && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new UsageException(
                $"--out: {directory} is not empty, and holds no joined run; nothing is overwritten");
        }
    }

    /// <summary>Writes everything but the reports. What an earlier merge wrote there is replaced.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Write(MergedRun merged, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var kind in _perKernel)
        {
            Files.Remove(Path.Combine(directory, kind));
        }
        foreach (var run in merged.Runs)
        {
            CopyFiles(run, [.. merged.Origins.Where(o => o.Value == run).Select(o => o.Key)], directory);
        }
        JoinLogs(merged.Runs, Path.Combine(directory, RunDirectory.LogName));
        MergeOrigins.Of(merged).Write(Path.Combine(directory, OriginsName));
        ResultsFile.Write(Path.Combine(directory, ResultsFile.Name), merged.Document);
    }

    private static void CopyFiles(ShardRun run, HashSet<string> kernels, string directory)
    {
        var all = run.Document.Kernels.Select(k => k.Id).ToList();
        foreach (var kind in _perKernel)
        {
            var (from, to) = (Path.Combine(run.Directory, kind), Path.Combine(directory, kind));
            foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from) : [])
            {
                var name = Path.GetFileName(file);
                if (OwnerOf(name, all) is { } owner && kernels.Contains(owner) && !Files.IsSpecial(file))
                {
                    Directory.CreateDirectory(to);
                    File.Copy(file, Path.Combine(to, name), overwrite: true);
                }
            }
        }
    }

    /// <summary>The kernel whose id the name begins with; the longest, where an id begins with another.</summary>
    private static string? OwnerOf(string name, IEnumerable<string> kernels) =>
        kernels.Where(id => name.StartsWith(id + ".", StringComparison.Ordinal)).MaxBy(id => id.Length);

    /// <summary>The logs one after the other, in the order of the shares.</summary>
    private static void JoinLogs(IReadOnlyList<ShardRun> runs, string path) => Files.Replace(path, joined =>
    {
        foreach (var log in runs.Select(run => Path.Combine(run.Directory, RunDirectory.LogName)).Where(File.Exists))
        {
            using var part = Files.OpenRegular(log, share: FileShare.ReadWrite);
            part.CopyTo(joined);
        }
    });
}
