using Harness.Analysis;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>
/// Why a program does not see what stands in a map that was put in: answers as kernels gave them on 27 November 2026.
/// </summary>
public sealed class SeenCausesTests
{
    private const string PerCpu = "raw.array_of_maps.percpu_array.none.none.";
    private const string Flagged = "raw.array_of_maps.array.none.none.seen_smaller_inner_map_flag_beyond_";

    [TestCase("7.0.13", PerCpu + "seen_larger_beyond_known", "value", "wanted 0x1007 of index 7, read no element",
        "A program does not see what a larger PERCPU_ARRAY holds")]
    [TestCase("6.12.43", PerCpu + "seen_smaller_beyond_unknown", "value",
        "wanted no element at index 3, read 0x0, which stands nowhere in the map",
        "A program reads memory that is not the map's")]
    [TestCase("6.16.3", PerCpu + "seen_smaller_beyond_unknown", "crash",
        "BUG: unable to handle page fault for address: ffff888093c32000",
        "A program that the verifier took kills the kernel: the template's max_entries are compiled into the look-up")]
    [TestCase("7.1.3", Flagged + "known", "crash", "BUG: kernel NULL pointer dereference, address: 0000000000000000",
        "A program that the verifier took kills the kernel: the verifier drops the check for NULL")]
    [TestCase("6.12.1", PerCpu + "seen_same_second_unknown", "value",
        "wanted 0x1001 of index 1, read 0x1000, which stands at index 0",
        "A program that asks for another element silently gets the one at index 0")]
    public void A_wrong_value_and_a_kernel_that_died_have_causes_of_their_own(
        string version, string id, string step, string evidence, string cause)
    {
        var explained = Explain(version, Failed(id, step, evidence));
        Assert.That(explained.Cause, Does.StartWith(cause));
        Assert.That(explained.Source, Is.Not.Null);
    }

    [Test]
    public void What_lies_in_the_way_of_the_bound_is_named_only_where_the_interpreter_was_seen_to_do_better() =>
        Assert.That(
            Samples.Explain([Samples.Kernel("7.0.13", Failed(PerCpu + "seen_larger_beyond_known", "value", "x"))])
                .Single().Cases.Single().Cause,
            Is.Null);

    [Test]
    public void A_program_that_reads_another_value_for_another_reason_gets_no_cause() =>
        Assert.That(Explain("6.12.1",
            Failed(PerCpu + "seen_same_second_unknown", "value", "wanted 0x1001 of index 1, read 0x7")).Cause, Is.Null);

    [Test]
    public void They_are_a_group_of_their_own_in_reports() =>
        Assert.That(InnerMapsProbe.Instance.Groups.Single(g => g.Has(Flagged + "known")).Subject,
            Does.StartWith("What a program reads of a map that was put in"));

    [Test]
    public void A_case_that_killed_its_kernel_is_called_so()
    {
        var crash = Failed(Flagged + "known", "crash", "BUG");
        Assert.That(Words.Answer(crash), Is.EqualTo("killed the kernel, wanted accepted"));
        Assert.That(Words.Failure(crash), Is.EqualTo("killed the kernel, wanted accepted"));
        Assert.That(Words.Of(crash.Status, crash.Outcome, crash.Step, crash.Errno), Is.EqualTo("killed the kernel"));
    }

    private static CaseResult Failed(string id, string step, string evidence) =>
        Samples.Case(id, CaseStatus.Fail) with { Step = step, Errno = null, Evidence = evidence };

    private static CaseResult Explain(string version, CaseResult failed) => Samples.Explain([Samples.Kernel(version,
        failed, Samples.Case(PerCpu + "seen_larger_beyond_unknown_interpreter"),
        Samples.Case(PerCpu + "seen_smaller_beyond_unknown_interpreter"), Samples.Case(Flagged + "unknown"))])
        .Single().Cases.Single(c => c.Id == failed.Id);
}
