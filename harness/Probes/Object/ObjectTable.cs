using Harness.Analysis;
using Harness.Probes.Libbpf;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Object;

/// <summary>Objects, their programs and their maps × series of kernels.</summary>
internal static class ObjectTable
{
    /// <summary>Rows that a reader looks through; of more, those that are taken everywhere are only counted.</summary>
    private const int MostRows = 60;

    private const string Separator = " ";

    /// <summary>Of the rows of an object: as a reader asks.</summary>
    private static readonly string[] _order = ["load", "prog", "map", "attach"];

    public static IEnumerable<Block> Of(RunDocument document)
    {
        var kernels = KernelNames.InOrder(document).Where(k => k.Cases.Any(IsOurs)).ToList();
        if (kernels.Count == 0)
        {
            yield break;
        }
        var lineages = new LineageNames(kernels);
        var series = kernels.GroupBy(k => Histories.SeriesOf(k) + lineages.Behind(k.Lineage)).ToList();
        var names = ObjectFacts.Of(document.Run).Files.DistinctBy(f => f.Id).ToDictionary(f => f.Id, f => f.Name);
        var rows = Rows(series, names);
        var shown = rows.Count <= MostRows ? rows : [.. rows.Where(r => !r.Cells.All(c => c.AllPass))];
        if (shown.Count > 0)
        {
            yield return new Block.Verdicts(new VerdictTable(
                "Each object as a whole, each program and each map by itself, on the kernels of each series:",
                [.. series.Select(s => new VerdictColumn(ObjectProbe.Name, s.Key, Separator))], shown)
            {
                RowHead = "object, part",
            });
        }
        if (shown.Count < rows.Count)
        {
            yield return new Block.Paragraph(
                $"{Words.Count(rows.Count - shown.Count, "further part")} of objects: taken by each kernel.");
        }
    }

    private static List<VerdictRow> Rows(
        IReadOnlyList<IGrouping<string, KernelResult>> series, Dictionary<string, string> names)
    {
        var tallies = new Dictionary<string, (CaseTally Tally, SortedSet<string> Errnos)[]>(StringComparer.Ordinal);
        foreach (var (i, kernels) in series.Index())
        {
            foreach (var result in kernels.SelectMany(k => k.Cases).Where(IsOurs))
            {
                if (!tallies.TryGetValue(result.Id, out var row))
                {
                    tallies[result.Id] = row =
                        [.. series.Select(_ => (CaseTally.Empty, new SortedSet<string>(StringComparer.Ordinal)))];
                }
                row[i].Tally = row[i].Tally.Add(Words.MarkOf(result.Status));
                if (result is { Errno: { } errno, Status: not (CaseStatus.Pass or CaseStatus.Skip) })
                {
                    row[i].Errnos.Add(errno);
                }
            }
        }
        return
        [
            .. tallies.Select(t => (Row: Row(t.Key, t.Value, names), Id: ObjectProbe.Parse(t.Key)))
                .GroupBy(t => t.Id[ObjectProbe.Name])
                .SelectMany(o => o.OrderBy(t => Array.IndexOf(_order, t.Id["what"])))
                .Select(t => t.Row),
        ];
    }

    private static VerdictRow Row(
        string caseId, (CaseTally Tally, SortedSet<string> Errnos)[] cells, Dictionary<string, string> names)
    {
        var id = ObjectProbe.Parse(caseId);
        var start = $"{id.Layer}.{id[ObjectProbe.Name]}";
        var first = id.Label.Length == 0 ? id : ObjectProbe.Parse(id.WithoutLabel);
        var name = $"{names.GetValueOrDefault(start, start)}{Separator}{id["what"]}"
            + (first.Rest.Length == 0 ? "" : Separator + first.Rest)
            + (ProberSettings.LibbpfOf(id.Label) is { } libbpf ? $" (libbpf {libbpf})" : "");
        return new VerdictRow(name, name, 1, null, null, [.. cells.Select(c => c.Tally)])
        {
            Errnos = [.. cells.Select(c => (IReadOnlyList<string>)[.. c.Errnos])],
        };
    }

    private static bool IsOurs(CaseResult result) =>
        result.Id.StartsWith(ObjectProbe.Name + ".", StringComparison.Ordinal);
}
