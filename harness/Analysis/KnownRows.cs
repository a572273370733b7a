using System.Globalization;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>What a run did not measure itself, and what it measured again, in words. Pure.</summary>
public static class KnownRows
{
    private const int MostNamed = 3;

    /// <summary>
    /// "20 of them by earlier runs, from 2026-11-20 to 2026-11-26"; <c>null</c> where there are none.
    /// </summary>
    public static string? InHead(RunDocument document)
    {
        var known = document.Kernels.Where(k => k.Known is not null).ToList();
        return known.Count == 0 ? null : $"{known.Count} of them by earlier runs, {Span(known)}";
    }

    /// <summary>The lines by which a run's summary tells what was measured from what was known.</summary>
    public static IEnumerable<string> Lines(RunDocument document)
    {
        var known = document.Kernels.Where(k => k.Known is not null).ToList();
        if (known.Count > 0)
        {
            yield return $"Known: {known.Count} of {Words.Count(document.Kernels.Count, "kernel")} "
                + $"{(known.Count == 1 ? "was" : "were")} not booted, but measured {Span(known)}.";
        }
        var again = document.Kernels.Where(k => k.MeasuredAgain is not null).ToList();
        if (again.Count > 0)
        {
            var others = again.Where(k => k.MeasuredAgain!.Changed.Count > 0).ToList();
            yield return $"Measured again: {Words.Count(again.Count, "kernel")}, " + (others.Count == 0
                ? "all as before." : $"of which {others.Count} {(others.Count == 1 ? "disagrees" : "disagree")} with "
                    + $"{(others.Count == 1 ? "itself" : "themselves")}: {Names(others)}.");
        }
    }

    /// <summary>"measured on 2026-11-20 by run 20261120-020000".</summary>
    public static string Of(KnownFrom known) => $"measured on {Date(known.MeasuredAt)} by run {known.Run}";

    /// <summary>
    /// "disagrees with what run 20261120-020000 measured: raw.a, raw.b (and 3 more)"; <c>null</c> where it does not.
    /// </summary>
    public static string? Disagreement(KernelResult kernel) =>
        kernel.MeasuredAgain is { Changed: { Count: var count and > 0 } changed } again
            ? $"disagrees with what the same image answered on {Date(again.MeasuredAt)} (run {again.Run}): "
                + string.Join(", ", changed.Take(MostNamed))
                + (count > MostNamed ? $" (and {count - MostNamed} more)" : "")
            : null;

    private static string Names(List<KernelResult> kernels) =>
        string.Join(", ", kernels.Take(MostNamed).Select(k => k.Id))
        + (kernels.Count > MostNamed ? $" (and {kernels.Count - MostNamed} more)" : "");

    private static string Span(IEnumerable<KernelResult> known)
    {
        var days = known.Select(k => Date(k.Known!.MeasuredAt)).Order(StringComparer.Ordinal).ToList();
        return days[0] == days[^1] ? $"on {days[0]}" : $"from {days[0]} to {days[^1]}";
    }

    private static string Date(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
