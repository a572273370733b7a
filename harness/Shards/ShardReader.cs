using Harness.Probes;
using Harness.Results;

namespace Harness.Shards;

/// <summary>
/// Reads runs that are to be joined. What they have in common is kept once: their kernels give the same few answers,
/// and each of a thousand shares names the kernels of all the others.
/// </summary>
public sealed class ShardReader(ProbeList probes)
{
    private readonly ResultPool _pool = new();
    private readonly HashSet<KernelResult> _elsewhere = [];

    /// <summary>A run without the kernels of other shares that a run before it has named in the same words.</summary>
    /// <exception cref="UsageException">The path is no directory.</exception>
    /// <exception cref="ResultsException">The directory holds no results that can be read.</exception>
    public ShardRun Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new UsageException($"{path}: {(File.Exists(path) ? "is a file" : "no such directory")};"
                + " give run directories, as their consoles are joined, too");
        }
        var document = probes.Read(path, _pool);
        return new ShardRun(path, document with
        {
            Shard = document.Shard is { } shard ? shard with { Elsewhere = [.. shard.Elsewhere.Where(IsNew)] } : null,
        });
    }

    /// <summary>Lists are equal to no others, and these are empty.</summary>
    private bool IsNew(KernelResult row) => row.Cases.Count > 0 || row.Complaints.Count > 0
        || _elsewhere.Add(row with { Cases = [], Complaints = [] });
}
