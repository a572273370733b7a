namespace Harness.Shards;

/// <summary>What <c>plan --format json</c> prints.</summary>
internal sealed record PlanText(IReadOnlyList<ShareText> Shards)
{
    public static PlanText Of(ShardPlan plan) => new([.. plan.Shares.Select(ShareText.From)]);
}
