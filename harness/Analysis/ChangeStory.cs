using Harness.Results;

namespace Harness.Analysis;

/// <summary>What changed between two runs, for people, in plain text: each format escapes it.</summary>
/// <param name="newer">The newer of the two runs, which names the kernels.</param>
public sealed class ChangeStory(RunChanges changes, RunDocument newer)
{
    private readonly KernelNames _names = new(newer);
    private readonly HashSet<string> _measured = [.. newer.Kernels.Where(k => k.Cases.Count > 0).Select(k => k.Id)];

    /// <summary>"20260130-… → 20260131-…: 22 kernels and 31350 verdicts compared."</summary>
    public string Head =>
        $"{changes.Older.Id} → {changes.Newer.Id}: {Words.Count(changes.ComparedKernels, "kernel")} and "
        + $"{Words.Count(changes.ComparedVerdicts, "verdict")} compared.";

    /// <summary>How the runs were made differently.</summary>
    public IReadOnlyList<string> Notes => changes.Notes;

    public bool Changed => changes.Changed;

    /// <summary>A line for each series or reason, below a title for each kind of change.</summary>
    public IEnumerable<(string Title, IReadOnlyList<string> Lines)> Kernels()
    {
        var replaced = changes.Replacements.SelectMany(r => new[] { r.Went, r.Came }).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in changes.Kernels.GroupBy(c => c.Change).OrderBy(g => g.Key))
        {
            var lines = kind.Key is KernelChangeKind.Came or KernelChangeKind.Went
                ? kind.Where(c => !replaced.Contains(c.Kernel))
                    .GroupBy(c => (Series: Histories.SeriesOf(c.Kernel, c.Version), Status: Status(c)))
                    .Select(g => $"{Ids(g)}: {g.Key.Status}")
                : kind.GroupBy(Status).Select(g => $"{Ids(g)}: {g.Key}");
            if (lines.ToList() is { Count: > 0 } all)
            {
                yield return (Title(kind.Key), all);
            }
        }
    }

    /// <summary>What kernels newly complain of, or no longer do: a line for each complaint.</summary>
    public IEnumerable<(string Title, IReadOnlyList<string> Lines)> Complaints() => changes.Complaints
        .GroupBy(c => c.Change)
        .Select(g => (Title(g.Key), (IReadOnlyList<string>)[.. g.Select(c => $"{Where(c.Kernels)}: {c.Text}")]));

    /// <summary>Where a rule chose another point release of a series.</summary>
    public IReadOnlyList<ReplacedKernel> Replacements() =>
    [
        .. changes.Replacements.Select(r => new ReplacedKernel(
            r,
            $"{r.Went} went, {r.Came} came in its place: {Words.Count(r.Compared, "verdict")} compared, "
                + (r.Cases.Count == 0 ? "all the same" : $"{r.Cases.Count} changed"),
            Sections(r.Cases))),
    ];

    public IReadOnlyList<ChangeSection> Cases() => Sections(changes.Cases);

    private IReadOnlyList<ChangeSection> Sections(IReadOnlyList<CaseChange> cases) =>
    [
        .. cases.GroupBy(c => c.Change).OrderBy(g => g.Key)
            .Select(g => new ChangeSection(Title(g.Key), g.Sum(c => c.Kernels.Count), Groups(g))),
    ];

    private IReadOnlyList<ChangeGroup> Groups(IGrouping<CaseChangeKind, CaseChange> kind)
    {
        var groups = kind.Key is CaseChangeKind.Came or CaseChangeKind.Went ? OneSided(kind)
            : kind.GroupBy(c => (Where: Where(c.Kernels), What: What(c)))
                .Select(g => (g.First().Kernels, new ChangeGroup(g.Key.What, g.Key.Where, [.. g.Select(c => c.Case)])));
        var order = newer.Kernels.Order(KernelOrder.Instance).Select(k => k.Id).Index()
            .ToDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal);
        return
        [
            .. groups.OrderBy(g => order.GetValueOrDefault(g.Kernels[0], int.MaxValue))
                .ThenByDescending(g => g.Item2.Cases.Count).Select(g => g.Item2),
        ];
    }

    /// <summary>Cases that only one run asked have no other answer: they are grouped by kernels alone.</summary>
    private IEnumerable<(IReadOnlyList<string> Kernels, ChangeGroup Group)> OneSided(IEnumerable<CaseChange> changed) =>
        changed.GroupBy(c => c.Case)
            .Select(g =>
                (Case: g.Key, Kernels: (IReadOnlyList<string>)[.. g.SelectMany(c => c.Kernels)], Ends: g.ToList()))
            .GroupBy(c => Where(c.Kernels))
            .Select(g => (g.First().Kernels,
                new ChangeGroup(Statuses(g.SelectMany(c => c.Ends)), g.Key, [.. g.Select(c => c.Case)])));

    /// <summary>"3 pass, 1 skip".</summary>
    private static string Statuses(IEnumerable<CaseChange> changes) => string.Join(", ",
        changes.GroupBy(c => (c.To ?? c.From)!.Status).OrderBy(s => s.Key)
            .Select(s => $"{s.Sum(c => c.Kernels.Count)} {Words.Of(s.Key)}"));

    /// <summary>Kernels that measured nothing in the newer run have no place among the others.</summary>
    private string Where(IReadOnlyList<string> kernels) => string.Join(", ",
        new[] { _names.Of(kernels.ToHashSet(StringComparer.Ordinal)) }.Where(names => names.Length > 0)
            .Concat(kernels.Where(k => !_measured.Contains(k))));

    private static string Ids(IEnumerable<KernelChange> kernels) => string.Join(", ", kernels.Select(k => k.Kernel));

    private static string Status(KernelChange change) => string.Join(" → ",
        new[] { change.From, change.To }.OfType<KernelEnd>()
            .Select(e => Words.Of(e.Status) + (e.Reason is null ? "" : $" ({e.Reason})")));

    private static string What(CaseChange change) => change.Change == CaseChangeKind.OtherWant
        ? $"{Words.Of(change.From!)}, wanted {Words.Of(change.From!.Want)} → "
            + $"{Words.Of(change.To!)}, wanted {Words.Of(change.To!.Want)}"
        : $"{Words.Of(change.From!)} → {Words.Of(change.To!)}";

    private static string Title(KernelChangeKind kind) => kind switch
    {
        KernelChangeKind.Came => "Kernels that came",
        KernelChangeKind.Went => "Kernels that went",
        KernelChangeKind.NewlyUntestable => "Newly untestable",
        KernelChangeKind.NewlyTestable => "Newly testable",
        _ => "Still untestable, in another way",
    };

    private static string Title(ComplaintChangeKind kind) => kind switch
    {
        ComplaintChangeKind.New => "New complaints of kernels",
        _ => "Complaints that are gone",
    };

    private static string Title(CaseChangeKind kind) => kind switch
    {
        CaseChangeKind.NewFailure => "New failures",
        CaseChangeKind.Fixed => "Fixed",
        CaseChangeKind.OtherStatus => "Another status",
        CaseChangeKind.OtherError => "The same status, with another outcome, step or errno",
        CaseChangeKind.OtherWant => "Another answer is wanted than before",
        CaseChangeKind.Came => "Cases that came: only the newer run asked them",
        _ => "Cases that went: only the older run asked them",
    };
}
