using Harness.Cache;

namespace Harness.Doctor;

/// <summary>The snapshots of booted kernels in the user's cache.</summary>
/// <param name="cacheRoot">The cache's directory, absolute.</param>
internal sealed class SnapshotCheck(string cacheRoot) : IMachineCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        // Others only say that a kernel was booted, or is not to be saved.
        var all = new CachePruning(cacheRoot, TimeProvider.System).Of(CacheKind.Snapshots)
            .Where(item => File.Exists(Path.Combine(item.Path, "memory"))).ToList();
        var said = all.Count == 0
            ? "none; run --warm makes one of each kernel"
            : $"{all.Count}, which take {ByteSize.Text(all.Sum(item => item.Size))} (run --snapshot-bytes N limits "
                + "them, prune --cache removes old ones)";
        return Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok("snapshots", said)]);
    }
}
