namespace Harness;

/// <summary>An attempt that failed for a reason on this side or in the network, and is repeated.</summary>
/// <param name="Attempt">Which one failed, counted from 1.</param>
/// <param name="Reason">What failed, in words.</param>
/// <param name="Wait">How long the next attempt waits.</param>
public sealed record Retry(int Attempt, string Reason, TimeSpan Wait);
