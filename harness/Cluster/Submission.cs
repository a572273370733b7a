namespace Harness.Cluster;

/// <summary>Elements that were given to the cluster together.</summary>
/// <param name="Attempt">From 1; all elements of a submission have tried as often.</param>
/// <param name="Shares">Their indices.</param>
/// <param name="Job">
/// The id that the cluster gave; <c>null</c> where it is not known (yet): the harness may have been killed when it had
/// submitted and had not noted that.
/// </param>
/// <param name="Refusal">Why the cluster did not take them; <c>null</c> where it did.</param>
internal sealed record Submission(int Attempt, IReadOnlyList<int> Shares, string? Job, string? Refusal);
