namespace Harness.Bisection;

/// <summary>
/// Says why a bisection looks for nothing when both ends skip its case. A skip is no answer, so that two of them do not
/// agree on anything.
/// </summary>
internal static class SkippedEnds
{
    /// <param name="older">An end in words, and why it skips the case, where that is known.</param>
    /// <param name="newer">The other one.</param>
    /// <param name="options">What kernels are built with that are asked the case.</param>
    public static string Sentence(
        string caseId, (string Words, string? Reason) older, (string Words, string? Reason) newer,
        KernelOptions options)
    {
        var reasons = older.Reason == newer.Reason
            ? $"{older.Words} and {newer.Words} both skip it{Because(older.Reason)}"
            : $"{older.Words} skips it{Because(older.Reason)}, and {newer.Words}{Because(newer.Reason)}";
        return $"neither end answers {caseId}: {reasons}; {Advice(options)}";
    }

    private static string Because(string? reason) => reason is null ? "" : $" ({reason})";

    private static string Advice(KernelOptions options) =>
        (options.Needed.Count == 0 ? "" : $"a kernel that answers it has {string.Join(", ", options.Needed)}; ")
        + "give ends that have what it needs, or further options with --kernel-config for kernels that are built here";
}
