using FsCheck;
using FsCheck.Fluent;
using Harness.Cli;
using Harness.Results;
using Harness.Shards;
using Harness.Tests.Support;

namespace Harness.Tests.Shards;

/// <summary>Runs of shares, joined, are the run of all kernels.</summary>
public sealed class RunMergeProperties
{
    private const string Id = "20260201-000000";

    /// <summary>Runs in which kernels ended in every way, and how each is divided.</summary>
    private static Gen<(RunDocument Whole, IReadOnlyList<ShardRun> Shares)> Divided =>
        from whole in Gen.Elements(
            WholeRun.Document(), CapturedRuns.All["default-matrix"](), CapturedRuns.All["consoles"]())
        from shares in Gen.Elements(1, 2, 3, 7)
        from shareOf in Gen.Choose(0, shares - 1).ArrayOf(whole.Kernels.Count)
        from order in Gen.Shuffle(Enumerable.Range(0, shares).ToArray())
        select (Measured(whole),
            (IReadOnlyList<ShardRun>)[.. order.Select(i => Share(Measured(whole), i, shares, shareOf))]);

    [Test]
    public void Any_partition_in_any_order_is_the_whole_run() => Check(
        (whole, shares) => Text(Merge(shares)) == Text(whole));

    [Test]
    public void Its_reports_are_those_of_the_whole_run() => Check((whole, shares) =>
        Catalog.Default.Formats.All(format => format.Write(Merge(shares)) == format.Write(whole)), 12);

    [Test]
    public void To_join_again_what_was_joined_changes_nothing() => Check((_, shares) =>
    {
        var once = Merge(shares);
        return Text(Merge([new ShardRun("joined", once), .. shares.Take(1)])) == Text(once);
    });

    [Test]
    public void A_share_that_is_missing_is_named_kernel_by_kernel() => Check((whole, shares) =>
    {
        var absent = shares[0].Document;
        if (shares.Count == 1)
        {
            return true;
        }
        var merged = RunMerge.Of([.. shares.Skip(1)], Id, Samples.Probes);
        return merged.Missing.Select(k => k.Id).ToHashSet().SetEquals(absent.Kernels.Select(k => k.Id))
            && merged.Missing.All(k => k.Reason == $"is in shard {absent.Shard!.Index}/{absent.Shard.Of}")
            && merged.Document.Run.Complete == (absent.Kernels.Count == 0)
            && Text(Merge([new ShardRun("joined", merged.Document), shares[0]])) == Text(whole);
    });

    private static RunDocument Merge(IReadOnlyList<ShardRun> runs) => RunMerge.Of(runs, Id, Samples.Probes).Document;

    /// <summary>The run without what only a run of all kernels has, and with all its kernels measured.</summary>
    private static RunDocument Measured(RunDocument whole) => Samples.Analyse(
        whole.Run with { Id = Id, Complete = true },
        whole.Kernels.Where(k => k.Status != KernelStatus.NotRun));

    private static ShardRun Share(RunDocument whole, int index, int of, int[] shareOf)
    {
        var rows = whole.Kernels.Zip(shareOf).ToList();
        var own = Samples.Analyse(
            whole.Run with { Id = $"{Id}-{index + 1}" }, rows.Where(r => r.Second == index).Select(r => r.First));
        return new ShardRun($"share-{index + 1}", own with
        {
            Shard = new ShardInfo(index + 1, of,
            [
                .. rows.Where(r => r.Second != index).Select(r => r.First with
                {
                    Status = KernelStatus.NotRun,
                    Reason = NotRunReason.IsIn($"{r.Second + 1}/{of}"),
                    AsExpected = false,
                    Cases = [],
                    CaseStarts = null,
                    CaseSeconds = null,
                }),
            ]),
        });
    }

    private static string Text(RunDocument document)
    {
        using var directory = new TemporaryDirectory();
        ResultsFile.Write(directory[ResultsFile.Name], document);
        return File.ReadAllText(directory[ResultsFile.Name]);
    }

    private static void Check(Func<RunDocument, IReadOnlyList<ShardRun>, bool> holds, int tests = 60) => Prop.ForAll(
        Divided.ToArbitrary(), d => holds(d.Whole, d.Shares)).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));
}
