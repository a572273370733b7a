namespace Harness.Shards;

/// <summary>
/// A matrix of jobs on one line, as <c>fromJSON</c> takes it
/// (https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations).
/// </summary>
internal sealed record GitHubMatrix(IReadOnlyList<GitHubJob> Include)
{
    public static GitHubMatrix Of(ShardPlan plan) => new([.. plan.Shares.Select(GitHubJob.From)]);
}
