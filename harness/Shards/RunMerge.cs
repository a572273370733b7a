using Harness.Analysis;
using Harness.Probes;
using Harness.Results;

namespace Harness.Shards;

/// <summary>
/// Joins runs into one, as if one machine had tested all their kernels. The result does not depend on the order in
/// which the runs are named, and joining it with one of them again changes nothing. Pure.
/// </summary>
public static class RunMerge
{
    /// <param name="id">The id of the joined run.</param>
    /// <exception cref="UsageException">The runs asked other things, or name different images alike.</exception>
    public static MergedRun Of(IReadOnlyList<ShardRun> named, string id, ProbeList probes)
    {
        IReadOnlyList<ShardRun> runs =
        [
            .. named.OrderBy(r => r.Document.Shard?.Index ?? int.MaxValue).ThenBy(r => r.Document.Run.StartedAt)
                .ThenBy(r => r.Document.Run.Id, StringComparer.Ordinal),
        ];
        MergeRules.RequireSameQuestions(runs);
        var joined = runs.SelectMany(Rows).GroupBy(r => r.Row.Id, StringComparer.Ordinal)
            .Select(rows => KernelMerge.Of([.. rows])).ToList();
        IReadOnlyList<string> conflicts =
            [.. joined.Select(k => k.Conflict).OfType<string>().Order(StringComparer.Ordinal), .. Accelerators(runs)];
        var rows = joined.Select(k => k.Row).ToList();
        var info = Info(runs, id, conflicts) with { Complete = rows.All(k => k.Status != KernelStatus.NotRun) };
        return new MergedRun(
            RunAnalysis.Of(info, rows, probes),
            joined.Where(k => k.Row.Status != KernelStatus.NotRun)
                .ToDictionary(k => k.Row.Id, k => k.Run, StringComparer.Ordinal),
            runs, conflicts);
    }

    /// <summary>A run's own rows, then those that it knows to be elsewhere.</summary>
    private static IEnumerable<(KernelResult Row, ShardRun Run)> Rows(ShardRun run) =>
        run.Document.Kernels.Concat(run.Document.Shard?.Elsewhere ?? []).Select(row => (row, run));

    private static RunInfo Info(IReadOnlyList<ShardRun> runs, string id, IReadOnlyList<string> conflicts)
    {
        var infos = runs.Select(r => r.Document.Run).ToList();
        IReadOnlyList<NotAsked> notAsked = [.. infos.SelectMany(i => i.NotAsked ?? []).Distinct()];
        return infos[0] with
        {
            Id = id,
            StartedAt = infos.Min(i => i.StartedAt),
            FinishedAt = infos.Max(i => i.FinishedAt),
            Jobs = infos.Max(i => i.Jobs),
            TimeoutSeconds = infos.Max(i => i.TimeoutSeconds),
            Notes = [.. infos.SelectMany(i => i.Notes).Concat(conflicts).Distinct()],
            NotAsked = notAsked.Count == 0 ? null : notAsked,
        };
    }

    private static IEnumerable<string> Accelerators(IReadOnlyList<ShardRun> runs)
    {
        var by = runs.GroupBy(r => r.Document.Run.Accel).ToList();
        return by.Count < 2 ? [] : ["the accelerators differ: "
            + string.Join("; ", by.Select(g => $"{g.Key} of {string.Join(", ", g.Select(r => r.Name))}"))];
    }
}
