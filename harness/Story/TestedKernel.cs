namespace Harness.Story;

/// <summary>Where a kernel came from, and how long it took.</summary>
/// <param name="Image">The beginning of its image's SHA-256; <c>null</c> when there was no image.</param>
/// <param name="Seconds">From the start of its first VM to the end of its last.</param>
public sealed record TestedKernel(string Id, string? Release, string Source, string? Image, double Seconds);
