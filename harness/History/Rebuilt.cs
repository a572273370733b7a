namespace Harness.History;

/// <summary>What making the store again came to.</summary>
/// <param name="Runs">How many run directories were read.</param>
/// <param name="Kept">Runs in the store whose directories are gone.</param>
/// <param name="Skipped">Why a run directory was not read, with its place.</param>
/// <param name="SetAside">Where the damaged store went; <c>null</c> when it was sound, or there was none.</param>
public sealed record Rebuilt(int Runs, int Kept, IReadOnlyList<string> Skipped, string? SetAside);
