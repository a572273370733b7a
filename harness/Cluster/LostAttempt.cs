namespace Harness.Cluster;

/// <summary>An attempt at a share that failed for a reason on our side, and was followed by another.</summary>
/// <param name="Reason">What became of it, in words.</param>
internal sealed record LostAttempt(int Share, int Attempt, string Reason);
