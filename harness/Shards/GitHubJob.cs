namespace Harness.Shards;

/// <summary>One job of it.</summary>
/// <param name="Kernels">How many.</param>
internal sealed record GitHubJob(string Shard, int Index, int Of, int Kernels, double Seconds)
{
    public static GitHubJob From(PlannedShare share) => new(
        share.Shard.ToString(), share.Shard.Index, share.Shard.Of, share.Kernels.Count, share.Seconds);
}
