namespace Harness.Story;

/// <summary>A row of a table of verdicts: a kernel, or neighbours that answer alike.</summary>
/// <param name="First">The first kernel's name.</param>
/// <param name="Last">The last kernel's name.</param>
/// <param name="Kernels">How many there are from the first to the last.</param>
/// <param name="Problem">Why the kernel was not tested to its end, in a word or two; <c>null</c> when it was.</param>
/// <param name="FoldsBy">
/// Rows of the same value may be folded into one; <c>null</c> for a row that stands alone.
/// </param>
public sealed record VerdictRow(
    string First, string Last, int Kernels, string? Problem, string? FoldsBy, IReadOnlyList<CaseTally> Cells)
{
    /// <summary>For each cell, the errnos of what is not as wanted, sorted.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Errnos { get; init; } = [];

    /// <summary>"6.12.43", "6.12.43 – 6.12.117 (14 kernels)": no kernel between the two was left out.</summary>
    public string Name => Kernels > 1 ? $"{First} – {Last} ({Kernels} kernels)"
        : Problem is null ? First : $"{First} ({Problem})";
}
