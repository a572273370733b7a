namespace Harness.Results;

/// <summary>
/// Kernels whose versions follow one another: those of one architecture and one line. Verdicts are compared over
/// versions within a lineage only.
/// </summary>
/// <param name="Arch">As <c>uname -m</c> says.</param>
/// <param name="Line">Whose kernels they are; <c>null</c> where nobody says that, or a document is older than lines.
/// </param>
public sealed record Lineage(string Arch, string? Line)
{
    /// <summary>By architecture, then by line.</summary>
    public static IComparer<Lineage> Order { get; } = Comparer<Lineage>.Create((x, y) =>
        string.CompareOrdinal(x.Arch, y.Arch) is not 0 and var order ? order : string.CompareOrdinal(x.Line, y.Line));
}
