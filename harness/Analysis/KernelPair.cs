using Harness.Results;

namespace Harness.Analysis;

/// <summary>A kernel's row in two runs, or those of two kernels of which one took the other's place.</summary>
internal sealed class KernelPair(KernelResult older, KernelResult newer)
{
    private readonly Dictionary<string, CaseResult> _before =
        older.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, CaseResult> _after =
        newer.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal);

    public KernelResult Older { get; } = older;

    public KernelResult Newer { get; } = newer;

    /// <summary>The cases that both answered.</summary>
    public int InBoth { get; } = newer.Cases.Select(c => c.Id).Intersect(older.Cases.Select(c => c.Id)).Count();

    public IEnumerable<CaseChange> Changes()
    {
        foreach (var after in Newer.Cases)
        {
            if (!_before.TryGetValue(after.Id, out var before))
            {
                continue;
            }
            var (from, to) = (End(before), End(after));
            if (from != to)
            {
                yield return new CaseChange(Kind(from, to), after.Id, [Newer.Id], from, to);
            }
        }
        // A row that is not whole does not show which cases were asked.
        if (Older.Status != KernelStatus.Tested || Newer.Status != KernelStatus.Tested)
        {
            yield break;
        }
        foreach (var went in Older.Cases.Where(c => !_after.ContainsKey(c.Id)))
        {
            yield return new CaseChange(CaseChangeKind.Went, went.Id, [Newer.Id], End(went), null);
        }
        foreach (var came in Newer.Cases.Where(c => !_before.ContainsKey(c.Id)))
        {
            yield return new CaseChange(CaseChangeKind.Came, came.Id, [Newer.Id], null, End(came));
        }
    }

    /// <summary>A flaky case that fails once more did not begin to fail.</summary>
    private static CaseChangeKind Kind(CaseEnd from, CaseEnd to) => (from.Status, to.Status) switch
    {
        _ when from.Want != to.Want => CaseChangeKind.OtherWant,
        (CaseStatus.Fail, CaseStatus.Pass) => CaseChangeKind.Fixed,
        (CaseStatus.Pass or CaseStatus.Skip or CaseStatus.Error, CaseStatus.Fail) => CaseChangeKind.NewFailure,
        var (before, after) => before == after ? CaseChangeKind.OtherError : CaseChangeKind.OtherStatus,
    };

    private static CaseEnd End(CaseResult result) =>
        new(result.Want, result.Status, result.Outcome, result.Step, result.Errno);
}
