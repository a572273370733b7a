namespace Harness.History;

/// <summary>The result of rebuilding the store.</summary>
/// <param name="Runs">How many run directories were read.</param>
/// <param name="Kept">How many runs stayed in the store although their directories are gone.</param>
/// <param name="Skipped">For each run directory that could not be read: its path and the reason.</param>
/// <param name="SetAside">The new path of the damaged store; <c>null</c> when it was sound, or there was none.</param>
public sealed record Rebuilt(int Runs, int Kept, IReadOnlyList<string> Skipped, string? SetAside);
