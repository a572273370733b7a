namespace Harness.History;

/// <summary>One run, as far as its history goes.</summary>
/// <param name="Name">The run's id.</param>
/// <param name="Directory">Its name under <c>results/</c>; it may be gone.</param>
public sealed record StoredRun(string Name, string Directory, DateTimeOffset StartedAt, bool Complete, string Matrix, string Accel, IReadOnlyList<StoredResult> Results);
