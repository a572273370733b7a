using Harness.Probes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>A workaround is told only when the run saw it working wherever it was asked.</summary>
public sealed class CauseWorkaroundsTests
{
    private const string Failing = "raw.array_of_maps.array.struct.none";
    private const string Bytes = "raw.array_of_maps.array.bytes.none";
    private const string Typed = "raw.array_of_maps.array.struct.struct";

    private static readonly CauseRule _rule =
        new("rule", [new Glob(Failing)], null, CaseStatus.Fail, null, [], null, null, [], "a cause", "a source",
        [new Workaround("bytes.none", "bytes do."), new Workaround("struct.struct", "types do.")]);

    [Test]
    public void The_first_that_works_everywhere_is_told() =>
        Assert.That(
            Told(Kernel("6.1.1", bytes: CaseStatus.Pass, typed: CaseStatus.Pass),
                Kernel("6.12.1", bytes: CaseStatus.Pass, typed: CaseStatus.Pass)),
            Is.EqualTo("Works on all 2 kernels of this run (bytes.none): bytes do."));

    [TestCase(CaseStatus.Fail)]
    [TestCase(CaseStatus.Error)]
    [TestCase(CaseStatus.Flaky)]
    public void One_that_did_not_work_on_one_kernel_is_not_told(CaseStatus status) =>
        Assert.That(
            Told(Kernel("6.1.1", bytes: CaseStatus.Pass, typed: CaseStatus.Pass),
                Kernel("6.12.1", bytes: status, typed: CaseStatus.Pass)),
            Is.EqualTo("Works on all 2 kernels of this run (struct.struct): types do."));

    [Test]
    public void When_none_works_everywhere_none_is_told() =>
        Assert.That(
            Told(Kernel("6.1.1", bytes: CaseStatus.Pass, typed: CaseStatus.Fail),
                Kernel("6.12.1", bytes: CaseStatus.Fail, typed: CaseStatus.Pass)), Is.Null);

    [Test]
    public void What_was_not_asked_anywhere_is_not_told() =>
        Assert.That(Told(Kernel("6.1.1"), Kernel("6.12.1")), Is.Null);

    [Test]
    public void A_kernel_that_lacks_what_it_needs_was_not_asked() =>
        Assert.That(
            Told(Kernel("5.10.1", bytes: CaseStatus.Skip), Kernel("6.1.1", bytes: CaseStatus.Pass),
                Kernel("6.12.1", bytes: CaseStatus.Pass)),
            Is.EqualTo("Works on all 2 kernels of this run that could be asked (bytes.none): bytes do."));

    [Test]
    public void Skipped_everywhere_is_not_working() =>
        Assert.That(Told(Kernel("5.10.1", bytes: CaseStatus.Skip)), Is.Null);

    [Test]
    public void A_refusal_that_is_wanted_is_no_way_to_work() =>
        Assert.That(
            Told(
                Samples.Kernel("6.1.1", Samples.Case(Failing, CaseStatus.Fail),
                    Samples.Case(Bytes, CaseStatus.Pass, Outcome.Reject))), Is.Null);

    [Test]
    public void A_run_of_one_kernel_claims_no_more_than_that() =>
        Assert.That(Told(Kernel("6.1.1", bytes: CaseStatus.Pass)),
            Is.EqualTo("Works on the one kernel of this run (bytes.none): bytes do."));

    [Test]
    public void Other_map_types_prove_nothing() =>
        Assert.That(
            Told(
                Samples.Kernel("6.1.1", Samples.Case(Failing, CaseStatus.Fail),
                    Samples.Case("raw.array_of_maps.hash.bytes.none"),
                    Samples.Case("raw.hash_of_maps.array.bytes.none"))), Is.Null);

    [Test]
    public void A_rules_words_stand_before_an_expectations()
    {
        var foreseen =
            Samples.Case(Failing, CaseStatus.Fail) with
            {
                Cause = "foreseen",
                Workaround = "never tried",
                Source = "a matrix"
            };
        var explained = Samples.Explain([Samples.Kernel("6.1.1", foreseen)], [_rule])[0].Cases[0];
        Assert.That((explained.Cause, explained.Source, explained.Workaround),
            Is.EqualTo(("a cause", "a source", (string?)null)));
    }

    [Test]
    public void Where_no_rule_fits_an_expectations_words_stay()
    {
        var foreseen =
            Samples.Case(Bytes, CaseStatus.Fail) with
            {
                Cause = "foreseen",
                Workaround = "another way",
                Source = "a matrix"
            };
        Assert.That(Samples.Explain([Samples.Kernel("6.1.1", foreseen)], [_rule])[0].Cases[0], Is.EqualTo(foreseen));
    }

    [Test]
    public void The_first_rule_that_fits_counts()
    {
        var explained =
            Samples.Explain([Kernel("6.1.1")],
                [_rule with { Errno = "E2BIG", Cause = "too big" }, _rule, _rule with { Cause = "later" }]);
        Assert.That(explained[0].Cases[0].Cause, Is.EqualTo("a cause"));
    }

    private static string? Told(params KernelResult[] kernels) =>
        Samples.Explain(kernels, [_rule]).SelectMany(k => k.Cases).Where(c => c.Id == Failing && c.Cause is not null)
            .Select(c => c.Workaround).Distinct().Single();

    private static KernelResult Kernel(string version, CaseStatus? bytes = null, CaseStatus? typed = null) =>
        Samples.Kernel(version,
        [Samples.Case(Failing, CaseStatus.Fail), .. bytes is { } b ? [Samples.Case(Bytes, b)]
            : Array.Empty<CaseResult>(), .. typed is { } t ? [Samples.Case(Typed, t)] : Array.Empty<CaseResult>()]);
}
