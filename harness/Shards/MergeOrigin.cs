using Harness.Results;

namespace Harness.Shards;

/// <summary>One of the runs that were joined.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Shard">Such as <c>2/3</c>; <c>null</c> for a run of all kernels.</param>
/// <param name="Kernels">Those whose rows are of this run.</param>
internal sealed record MergeOrigin(
    string Run, string? Shard, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, HostInfo Host,
    IReadOnlyList<string> Kernels)
{
    public static MergeOrigin Of(ShardRun run, MergedRun merged) => new(
        run.Document.Run.Id, run.Document.Shard is { } shard ? $"{shard.Index}/{shard.Of}" : null,
        run.Document.Run.StartedAt, run.Document.Run.FinishedAt, run.Document.Run.Host,
        [.. merged.Origins.Where(o => o.Value == run).Select(o => o.Key).Order(StringComparer.Ordinal)]);
}
