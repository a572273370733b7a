using Harness.Results;

namespace Harness.Shards;

/// <summary>A run that is to be joined with others.</summary>
/// <param name="Directory">Its directory, as it was named.</param>
public sealed record ShardRun(string Directory, RunDocument Document)
{
    /// <summary>The share that it tested, in words; its directory where it tested all kernels.</summary>
    public string Name => Document.Shard is { } shard ? $"shard {shard.Index}/{shard.Of}" : Directory;
}
