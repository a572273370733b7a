namespace Harness.Probes.InnerMaps;

/// <summary>A libbpf, and the prober that it is linked into.</summary>
/// <param name="Name">As the matrix names it: <c>machine</c>, <c>1.5</c>.</param>
/// <param name="Label">
/// The last part of its case ids, <c>libbpf-1-5</c>; <c>null</c> for the first prober, which runs all cases.
/// </param>
/// <param name="Cases">How many cases its prober was asked to run.</param>
public sealed record LibbpfInfo(string Name, string Version, string? Label, string ProberSha256, int Cases);
