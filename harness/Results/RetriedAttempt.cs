namespace Harness.Results;

/// <summary>An attempt that failed for a reason on this side or in the network, and was repeated.</summary>
/// <param name="Attempt">Which one of its stage failed, counted from 1.</param>
/// <param name="Reason">What failed.</param>
/// <param name="WaitSeconds">How long the next attempt waited.</param>
public sealed record RetriedAttempt(RetryStage Stage, int Attempt, string Reason, double WaitSeconds)
{
    public static RetriedAttempt Of(RetryStage stage, Retry retry) =>
        new(stage, retry.Attempt, retry.Reason, retry.Wait.TotalSeconds);
}
