namespace Harness.History;

/// <summary>Where and when a case got a verdict.</summary>
/// <param name="Kernels">On how many kernels ever.</param>
/// <param name="FirstRun">The first run that saw it, and <paramref name="FirstKernel"/> one that gave it there.</param>
/// <param name="LastRun">The last one.</param>
public sealed record Sighting(
    string Case, string Verdict, int Kernels, string FirstRun, DateTimeOffset First, string FirstKernel, string LastRun,
    DateTimeOffset Last, string LastKernel);
