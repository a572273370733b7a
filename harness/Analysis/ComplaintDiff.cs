using System.Text.RegularExpressions;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Compares what kernels complain of in two runs. Numbers and addresses are left out of the comparison, since they
/// differ from boot to boot. So is what an emulated kernel says only since its host was busy. Pure.
/// </summary>
internal static partial class ComplaintDiff
{
    public static IReadOnlyList<ComplaintChange> Of(IReadOnlyList<KernelPair> pairs) =>
    [
        .. pairs.SelectMany(Changes).GroupBy(c => (c.Change, c.Complaint.Kind, Key(c.Complaint)))
            .Select(g => new ComplaintChange(
                g.Key.Change, g.Key.Kind, g.First().Complaint.Text, [.. g.Select(c => c.Kernel).Distinct()]))
            .OrderBy(c => c.Change),
    ];

    private static IEnumerable<(ComplaintChangeKind Change, Complaint Complaint, string Kernel)> Changes(
        KernelPair pair)
    {
        var (older, newer) = (Counted(pair.Older), Counted(pair.Newer));
        var came = newer.ExceptBy(older.Select(Key), Key);
        // A kernel that was not asked to the end may still have something to complain of.
        var went = pair.Newer.Status == KernelStatus.Tested ? older.ExceptBy(newer.Select(Key), Key) : [];
        return came.Select(c => (ComplaintChangeKind.New, c, pair.Newer.Id))
            .Concat(went.Select(c => (ComplaintChangeKind.Gone, c, pair.Newer.Id)));
    }

    private static List<Complaint> Counted(KernelResult kernel) =>
        [.. kernel.Complaints.Where(c => !(c.AsExpected && c.Kind.IsOfTime()))];

    private static string Key(Complaint complaint) => Number().Replace(complaint.Text, "#");

    [GeneratedRegex("0x[0-9a-f]+|[0-9a-f]{8,}|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
