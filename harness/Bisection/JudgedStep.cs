using System.Text.Json;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>One tree or image that <c>bisect --step</c> judged.</summary>
/// <param name="What">The commit or the kernel's id.</param>
/// <param name="Subject">The commit's; <c>null</c> for an image.</param>
/// <param name="Problem">Why there is no verdict; <c>null</c> when there is one.</param>
/// <param name="Directory">Where its evidence lies.</param>
public sealed record JudgedStep(
    StepJudgement Judgement, string What, string? Subject, Verdict? Verdict, string? Problem, string Directory)
{
    /// <summary>What <c>git bisect run</c> takes it for (git-bisect(1)).</summary>
    public int ExitCode => Judgement switch
    {
        StepJudgement.Good => ExitCodes.AsExpected,
        StepJudgement.Bad => ExitCodes.Unexpected,
        _ => ExitCodes.BisectSkip,
    };

    /// <param name="want">What the case wants of a kernel.</param>
    public static StepJudgement Of(Verdict? verdict, Outcome want) => verdict?.Outcome is not { } outcome
        ? StepJudgement.Nothing
        : outcome == want ? StepJudgement.Good : StepJudgement.Bad;

    public string ToJson() => JsonSerializer.Serialize(this, BisectJson.Indented.JudgedStep);
}
