namespace Harness.Site;

/// <summary>The result of publishing.</summary>
/// <param name="Warnings">For each run that could not be read: its path and the reason.</param>
public sealed record Publication(int Runs, int Written, int Unchanged, int Removed, IReadOnlyList<string> Warnings);
