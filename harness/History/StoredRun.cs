namespace Harness.History;

/// <summary>One run, as the store keeps it.</summary>
/// <param name="Name">The run's id.</param>
/// <param name="Directory">The name of its directory below <c>results/</c>, which may be gone.</param>
public sealed record StoredRun(
    string Name, string Directory, DateTimeOffset StartedAt, bool Complete, string Matrix, string Accel,
    IReadOnlyList<StoredResult> Results);
