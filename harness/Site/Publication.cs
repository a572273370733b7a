namespace Harness.Site;

/// <summary>The result of publishing.</summary>
/// <param name="Bytes">Of all files that the harness has on the site now.</param>
/// <param name="LeftOut">How many files of runs and bisections the site has no room for.</param>
/// <param name="Warnings">
/// For each run that could not be read, its path and the reason; and whether the site is larger than it may be.
/// </param>
public sealed record Publication(
    int Runs, int Written, int Unchanged, int Removed, long Bytes, int LeftOut, IReadOnlyList<string> Warnings);
