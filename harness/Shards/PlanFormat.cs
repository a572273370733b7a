using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Harness.Shards;

/// <summary>Writes a plan as a CI system takes it.</summary>
public sealed record PlanFormat(string Name, Func<ShardPlan, string> Write)
{
    /// <summary>The job of docs/ci/ that a share's job extends.</summary>
    private const string GitLabJob = ".kernel-harness-shard";

    /// <summary>Every format: the one place where they are listed.</summary>
    public static IReadOnlyList<PlanFormat> All { get; } =
    [
        new("json", plan => JsonSerializer.Serialize(PlanText.Of(plan), PlanJson.Indented.PlanText)),
        new("github", plan => JsonSerializer.Serialize(GitHubMatrix.Of(plan), PlanJson.Default.GitHubMatrix)),
        new("gitlab", GitLab),
    ];

    /// <summary>
    /// A child pipeline with a job for each share
    /// (https://docs.gitlab.com/ci/pipelines/downstream_pipelines/#dynamic-child-pipelines).
    /// </summary>
    private static string GitLab(ShardPlan plan)
    {
        var text = new StringBuilder();
        foreach (var share in plan.Shares)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                shard-{share.Shard.Index}-of-{share.Shard.Of}:
                  extends: {GitLabJob}
                  variables:
                    SHARD: "{share.Shard}"

                """);
        }
        return text.ToString().TrimEnd('\n');
    }
}
