using Harness.Results;

namespace Harness.Analysis;

/// <summary>Kernels of one version that were asked on several machines, and the cases that they answer otherwise.
/// </summary>
/// <param name="Versions">Those that were asked on more than one machine, in the order of kernels.</param>
/// <param name="Machines">In the order of names.</param>
/// <param name="Cases">How many cases were asked on more than one machine.</param>
/// <param name="Differing">In the order of their ids.</param>
public sealed record MachineDifferences(
    IReadOnlyList<string> Versions, IReadOnlyList<string> Machines, int Cases, IReadOnlyList<DifferingCase> Differing)
{
    public static MachineDifferences Of(RunDocument document)
    {
        var versions = KernelNames.InOrder(document).Where(k => k is { Cases.Count: > 0, Version: not null })
            .GroupBy(k => k.Version!).Where(v => v.DistinctBy(k => k.Arch).Count() > 1).ToList();
        var answers = versions.SelectMany(AnswersOf).ToList();
        return new(
            [.. versions.OrderBy(v => v.First(), KernelOrder.Instance).Select(v => v.Key)],
            [.. versions.SelectMany(v => v).Select(k => k.Arch).Distinct().Order(StringComparer.Ordinal)],
            answers.DistinctBy(answer => answer.Case).Count(),
            [
                .. answers.Where(answer => answer.Answers.Values.Distinct().Count() > 1)
                    .OrderBy(answer => answer.Case, StringComparer.Ordinal),
            ]);
    }

    /// <summary>The cases that were asked of one version on more than one machine.</summary>
    private static IEnumerable<DifferingCase> AnswersOf(IGrouping<string, KernelResult> version) => version
        .SelectMany(kernel => kernel.Cases, (kernel, result) => (kernel.Arch, Result: result))
        .GroupBy(asked => asked.Result.Id)
        .Select(same => new DifferingCase(same.Key, version.Key, same.GroupBy(asked => asked.Arch)
            .ToDictionary(there => there.Key, there => InWords(there.Select(asked => asked.Result)))))
        .Where(asked => asked.Answers.Count > 1);

    /// <summary>A version may have several kernels on one machine.</summary>
    private static string InWords(IEnumerable<CaseResult> there) => string.Join(" or ",
        there.Select(result => Words.Of(result.Status, result.Outcome, result.Step, result.Errno))
            .Distinct().Order(StringComparer.Ordinal));
}
