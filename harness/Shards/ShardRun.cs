using Harness.Probes;
using Harness.Results;

namespace Harness.Shards;

/// <summary>A run that is to be joined with others.</summary>
/// <param name="Directory">Its directory, as it was named.</param>
public sealed record ShardRun(string Directory, RunDocument Document)
{
    /// <exception cref="UsageException">The path is no directory.</exception>
    /// <exception cref="ResultsException">The directory holds no results that can be read.</exception>
    public static ShardRun Read(string path, ProbeList probes)
    {
        if (!System.IO.Directory.Exists(path))
        {
            throw new UsageException($"{path}: {(File.Exists(path) ? "is a file" : "no such directory")};"
                + " give run directories, as their consoles are joined, too");
        }
        return new ShardRun(path, probes.Read(path));
    }

    /// <summary>The share that it tested, in words; its directory where it tested all kernels.</summary>
    public string Name => Document.Shard is { } shard ? $"shard {shard.Index}/{shard.Of}" : Directory;
}
