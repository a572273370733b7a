using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Every change of a verdict between two kernels that were measured one after the other, in version order.
/// </summary>
public static class Transitions
{
    /// <summary>By lineage, then by the kernels' order, then by case.</summary>
    public static IReadOnlyList<Transition> Of(IReadOnlyList<KernelResult> kernels) =>
        Between(kernels, (before, after) => before.Status != after.Status);

    /// <summary>
    /// The verdict is the same, and was given at another step or with another errno: this is no transition.
    /// </summary>
    public static IReadOnlyList<Transition> OfErrors(IReadOnlyList<KernelResult> kernels) =>
        Between(kernels, (before, after) =>
            before.Status == after.Status && (before.Step != after.Step || before.Errno != after.Errno));

    private static IReadOnlyList<Transition> Between(
        IReadOnlyList<KernelResult> kernels, Func<CaseResult, CaseResult, bool> differ) =>
    [
        .. kernels.GroupBy(k => k.Lineage).OrderBy(g => g.Key, Lineage.Order).SelectMany(g => OfLineage(g, differ)),
    ];

    /// <summary>
    /// As in <see cref="Ranges"/>, a kernel is adjacent to the last one before it that was asked the case.
    /// </summary>
    private static IEnumerable<Transition> OfLineage(
        IGrouping<Lineage, KernelResult> kernels, Func<CaseResult, CaseResult, bool> differ)
    {
        var last = new Dictionary<string, (int Order, KernelResult Kernel, CaseResult Result)>(StringComparer.Ordinal);
        var measured = kernels.Where(k => k.Cases.Count > 0).Order(KernelOrder.Instance);
        foreach (var (order, kernel) in measured.Index())
        {
            var changes = new List<(int Order, Transition Transition)>();
            foreach (var result in kernel.Cases)
            {
                if (last.TryGetValue(result.Id, out var before) && differ(before.Result, result))
                {
                    changes.Add((before.Order, Make(kernels.Key, before.Kernel, before.Result, kernel, result)));
                }
                last[result.Id] = (order, kernel, result);
            }
            foreach (var (_, transition) in changes.OrderBy(c => c.Order)
                .ThenBy(c => c.Transition.Case, StringComparer.Ordinal))
            {
                yield return transition;
            }
        }
    }

    private static Transition Make(
        Lineage lineage, KernelResult from, CaseResult before, KernelResult to, CaseResult after)
    {
        var explained = new[] { (Kernel: from, Result: before), (Kernel: to, Result: after) }
            .Where(end => end.Result.Status != CaseStatus.Pass).ToList();
        var names = KernelNames.ById([from, to]);
        return new Transition(after.Id, after.Want, lineage.Arch, End(from, before), End(to, after),
            Join(r => r.Cause), Join(r => r.Source))
        {
            Line = lineage.Line,
        };

        // Where both ends have something to explain (a type that was missing, then one that is refused), each is named.
        string? Join(Func<CaseResult, string?> part) =>
            explained.Where(end => part(end.Result) is not null).ToList() switch
            {
                [] => null,
                var one when one.Select(end => part(end.Result)).Distinct().Count() == 1 => part(one[0].Result),
                var both =>
                    string.Join(' ', both.Select(end => $"{names[end.Kernel.Id]}: {part(end.Result)}")),
            };
    }

    private static TransitionEnd End(KernelResult kernel, CaseResult result) =>
        new(kernel.Id, kernel.Version, result.Status, result.Outcome, result.Step, result.Errno);
}
