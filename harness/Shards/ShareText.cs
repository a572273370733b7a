namespace Harness.Shards;

/// <summary>One share of it.</summary>
/// <param name="Shard">As <c>run --shard</c> takes it.</param>
internal sealed record ShareText(string Shard, int Index, int Of, double Seconds, IReadOnlyList<string> Kernels)
{
    public static ShareText From(PlannedShare share) =>
        new(share.Shard.ToString(), share.Shard.Index, share.Shard.Of, share.Seconds, share.Kernels);
}
