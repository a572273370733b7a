using FsCheck;
using FsCheck.Fluent;
using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

public sealed class RangesProperties
{
    private static readonly string[] _cases = ["raw.a", "raw.b", "raw.c"];

    /// <summary>Kernels in any order, each with some of the cases, in any status.</summary>
    private static Gen<KernelResult[]> Runs =>
        from versions in Gen.Choose(0, 40).ListOf(8).Select(patches => patches.Distinct().ToArray())
        from kernels in Gen.CollectToArray(versions.Select(Kernel).ToArray())
        from order in Gen.Shuffle(kernels)
        select order;

    [Test]
    public void Segments_count_every_kernel_that_was_measured() => Check(document => document.Ranges.All(range =>
        range.Segments.Sum(s => s.Kernels) == document.Kernels.Count(k => k.Cases.Any(c => c.Id == range.Case))));

    [Test]
    public void Neighbouring_segments_differ() => Check(document => document.Ranges.All(range =>
        range.Segments.Zip(range.Segments.Skip(1)).All(pair => pair.First.Status != pair.Second.Status)));

    [Test]
    public void Segments_are_in_the_order_of_versions_and_do_not_overlap() =>
        Check(document => document.Ranges.All(range =>
        range.Segments.SelectMany(s => s.Kernels == 1 ? [s.From] : new[] { s.From, s.To }).Select(KernelVersion.Parse)
            .ToList() is var ends
            && ends.Zip(ends.Skip(1)).All(pair => pair.First < pair.Second)));

    [Test]
    public void Every_kernel_has_the_status_of_the_segment_that_it_lies_in() =>
        Check(document => document.Kernels.All(kernel =>
        kernel.Cases.All(c => document.Ranges.Single(r => r.Case == c.Id).Segments.Single(s =>
            KernelVersion.Parse(s.From) <= KernelVersion.Parse(kernel.Version!)
                && KernelVersion.Parse(kernel.Version!) <= KernelVersion.Parse(s.To)).Status == c.Status)));

    [Test]
    public void A_transition_is_where_segments_meet() => Check(document =>
        document.Ranges.Sum(r => r.Segments.Count - 1) == Transitions.Of(document.Kernels).Count
        && Transitions.Of(document.Kernels)
            .All(t => document.Ranges.Single(r => r.Case == t.Case).Segments is var segments
            && segments.Zip(segments.Skip(1))
                .Count(pair => (pair.First.To, pair.Second.From) == (t.From.Version, t.To.Version)) == 1));

    [Test]
    public void The_order_of_the_rows_does_not_matter() => Prop.ForAll(Runs.ToArbitrary(), kernels =>
        Text(Ranges.Compute(kernels)) == Text(Ranges.Compute([.. kernels.Reverse()]))).QuickCheckThrowOnFailure();

    private static void Check(Func<RunDocument, bool> holds) =>
        Prop.ForAll(Runs.ToArbitrary(), kernels => holds(Samples.Document(kernels))).QuickCheckThrowOnFailure();

    private static Gen<KernelResult> Kernel(int patch) =>
        from statuses in Gen.Elements([null, .. Enum.GetValues<CaseStatus>().Cast<CaseStatus?>()])
            .ArrayOf(_cases.Length)
        select Samples.Kernel($"6.1.{patch + 1}",
            [.. _cases.Zip(statuses).Where(x => x.Second is not null)
                .Select(x => Samples.Case(x.First, x.Second!.Value))]);

    private static string Text(IReadOnlyList<CaseRange> ranges) =>
        string.Join('\n', ranges.Select(r => $"{r.Case} {r.Arch} {string.Join(", ", r.Segments)}"));
}
