namespace Harness;

/// <summary>
/// How what failed for a reason on this side, or in the network, is repeated: a few times, with a longer wait before
/// each attempt. What a kernel or a test has answered is never repeated by this.
/// </summary>
public sealed record RetryPolicy
{
    public static RetryPolicy Default { get; } = new();

    /// <summary>How often it is tried in all; 1 for once.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Before the second attempt, at most. It doubles with each further attempt.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether another attempt may follow the one with this number, counted from 1.</summary>
    public bool Allows(int attempt) => attempt < Attempts;

    /// <summary>
    /// How long to wait after an attempt that failed: at random, between half of its time and the whole, so that those
    /// that failed together do not come again together.
    /// </summary>
    /// <param name="attempt">Which one failed, counted from 1.</param>
    public TimeSpan WaitAfter(int attempt)
    {
        var most = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, attempt - 1), LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(most * (1 + Random.Shared.NextDouble()) / 2);
    }

    /// <summary>Tries until there is no fault, or no attempt is left.</summary>
    /// <param name="attempt">Makes one attempt.</param>
    /// <param name="fault">What failed in it and may pass; <c>null</c> for a result that stands.</param>
    /// <param name="tell">Is told of each attempt that is repeated, before the wait.</param>
    /// <returns>The last attempt's result.</returns>
    /// <exception cref="OperationCanceledException">Interrupted, in an attempt or while it waited.</exception>
    public async Task<T> RunAsync<T>(
        Func<Task<T>> attempt, Func<T, string?> fault, Action<Retry> tell, TimeProvider clock,
        CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            var result = await attempt().ConfigureAwait(false);
            if (fault(result) is not { } reason || !Allows(number))
            {
                return result;
            }
            await WaitAsync(number, reason, tell, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Tells that an attempt is repeated, and waits.</summary>
    /// <param name="attempt">Which one failed, counted from 1.</param>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public async Task WaitAsync(
        int attempt, string reason, Action<Retry> tell, TimeProvider clock, CancellationToken cancellation)
    {
        var retry = new Retry(attempt, reason, WaitAfter(attempt));
        tell(retry);
        await Task.Delay(retry.Wait, clock, cancellation).ConfigureAwait(false);
    }
}
