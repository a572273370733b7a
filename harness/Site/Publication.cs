namespace Harness.Site;

/// <summary>What publishing came to.</summary>
/// <param name="Warnings">Runs that could not be read, with the place.</param>
public sealed record Publication(int Runs, int Written, int Unchanged, int Removed, IReadOnlyList<string> Warnings);
