using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Kernels of one version that were asked in several places, which are machines or lines, and the cases that they
/// answer otherwise.
/// </summary>
/// <param name="Versions">Those that were asked in more than one place, in the order of kernels.</param>
/// <param name="Places">In the order of names.</param>
/// <param name="Cases">How many cases were asked in more than one place.</param>
/// <param name="Differing">In the order of their ids.</param>
public sealed record VersionDifferences(
    IReadOnlyList<string> Versions, IReadOnlyList<string> Places, int Cases, IReadOnlyList<DifferingCase> Differing)
{
    /// <summary>Of each line, from machine to machine.</summary>
    public static VersionDifferences OfMachines(RunDocument document) =>
        Of(document, kernel => kernel.Arch, kernel => kernel.Lineage with { Arch = "" });

    /// <summary>On each machine, from line to line.</summary>
    public static VersionDifferences OfLines(RunDocument document) =>
        Of(document, kernel => KernelLines.NameOf(kernel.Line), kernel => kernel.Lineage with { Line = null });

    /// <param name="placeOf">The name of a kernel's place.</param>
    /// <param name="among">Kernels are compared with those of which this is the same.</param>
    private static VersionDifferences Of(
        RunDocument document, Func<KernelResult, string> placeOf, Func<KernelResult, Lineage> among)
    {
        var versions = KernelNames.InOrder(document).Where(k => k is { Cases.Count: > 0, Version: not null })
            .GroupBy(k => (Version: k.Version!, Among: among(k)))
            .Where(v => v.DistinctBy(placeOf).Count() > 1).ToList();
        var names = new LineageNames(versions.Select(v => v.Key.Among));
        var answers = versions.SelectMany(v =>
            AnswersOf(v, v.Key.Version + names.InBrackets(v.Key.Among), placeOf)).ToList();
        return new(
            [
                .. versions.OrderBy(v => v.First(), KernelOrder.Instance)
                    .Select(v => v.Key.Version + names.InBrackets(v.Key.Among)),
            ],
            [.. versions.SelectMany(v => v).Select(placeOf).Distinct().Order(StringComparer.Ordinal)],
            answers.DistinctBy(answer => answer.Case).Count(),
            [
                .. answers.Where(answer => answer.Answers.Values.Distinct().Count() > 1)
                    .OrderBy(answer => answer.Case, StringComparer.Ordinal),
            ]);
    }

    /// <summary>The cases that were asked of one version in more than one place.</summary>
    private static IEnumerable<DifferingCase> AnswersOf(
        IEnumerable<KernelResult> kernels, string version, Func<KernelResult, string> placeOf) => kernels
        .SelectMany(kernel => kernel.Cases, (kernel, result) => (Place: placeOf(kernel), Result: result))
        .GroupBy(asked => asked.Result.Id)
        .Select(same => new DifferingCase(same.Key, version, same.GroupBy(asked => asked.Place)
            .ToDictionary(there => there.Key, there => InWords(there.Select(asked => asked.Result)))))
        .Where(asked => asked.Answers.Count > 1);

    /// <summary>A version may have several kernels in one place.</summary>
    private static string InWords(IEnumerable<CaseResult> there) => string.Join(" or ",
        there.Select(result => Words.Of(result.Status, result.Outcome, result.Step, result.Errno))
            .Distinct().Order(StringComparer.Ordinal));
}
