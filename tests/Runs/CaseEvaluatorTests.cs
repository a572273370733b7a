using System.Text;
using Harness.Ktap;
using Harness.Matrix;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class CaseEvaluatorTests
{
    private static readonly ProbedCase _accepted = new(1, "raw.a", true, false, "accept", "accept", null, null, null);
    private static readonly ProbedCase _refused = _accepted with
    {
        Ok = false,
        Outcome = "reject",
        Step = "update",
        Errno = "EINVAL",
    };
    private static readonly ProbedCase _skipped = _accepted with
    {
        Skipped = true,
        Outcome = null,
        Step = "inner",
        Errno = "EINVAL",
        Reason = "no such map",
    };
    private static readonly ProbedCase _error = _accepted with
    {
        Ok = false,
        Outcome = null,
        Step = "update",
        Errno = "EPERM",
        Reason = "not permitted",
    };

    private static readonly Expectation _refusal =
        Expect.Case("raw.*", CaseStatus.Fail, step: "update", errno: "EINVAL");

    [Test]
    public void A_pass_that_may_be_is_expected_where_a_failure_is_foreseen()
    {
        var may = new KernelExpectations([_refusal with { MayPass = true }], "k", null, null);
        var (passed, failed) = (CaseEvaluator.Evaluate(_accepted, may), CaseEvaluator.Evaluate(_refused, may));
        Assert.That((passed.Expected, passed.AsExpected), Is.EqualTo((CaseStatus.Pass, true)));
        Assert.That((failed.Expected, failed.AsExpected), Is.EqualTo((CaseStatus.Fail, true)));
        Assert.That(CaseEvaluator.Evaluate(_error, may).AsExpected, Is.False);
    }

    [Test]
    public void Without_expectations_only_a_pass_is_expected()
    {
        ProbedCase[] cases =
            [_accepted, _accepted with { Want = "reject", Outcome = "reject", Step = "update", Errno = "EINVAL" },
                _refused, _refused with { Want = "reject", Outcome = "accept" }, _skipped, _error];
        var results = cases.Select(c => CaseEvaluator.Evaluate(c, Expectations()));
        Assert.That(results.Select(r => (r.Status, r.Expected, r.AsExpected)), Is.EqualTo(new[]
        {
            (CaseStatus.Pass, CaseStatus.Pass, true),
            (CaseStatus.Pass, CaseStatus.Pass, true),
            (CaseStatus.Fail, CaseStatus.Pass, false),
            (CaseStatus.Fail, CaseStatus.Pass, false),
            (CaseStatus.Skip, CaseStatus.Pass, false),
            (CaseStatus.Error, CaseStatus.Pass, false),
        }));
    }

    [Test]
    public void What_was_measured_is_kept()
    {
        var result = CaseEvaluator.Evaluate(_skipped, Expectations());
        Assert.That(result,
            Is.EqualTo(new CaseResult("raw.a", Outcome.Accept, null, "inner", "EINVAL", CaseStatus.Skip,
                CaseStatus.Pass, "no such map", null, null)
            { AsExpected = false }));
    }

    [Test]
    public void Evidence_and_numbers_are_kept_and_bounded()
    {
        var said = _refused with
        {
            Evidence = "R1 invalid mem access",
            Numbers = new Dictionary<string, long> { ["verified_insns"] = 57 },
        };
        var result = CaseEvaluator.Evaluate(said, Expectations());
        Assert.That((result.Evidence, result.Numbers?["verified_insns"]), Is.EqualTo((said.Evidence, (long?)57)));
        Assert.That(CaseEvaluator.Evaluate(_refused with { Evidence = " \n" }, Expectations()).Evidence, Is.Null);
        var much = CaseEvaluator.Evaluate(
            _refused with { Evidence = "begin" + new string('é', 9_000) + "end" }, Expectations()).Evidence!;
        Assert.That(much, Does.StartWith("beginé").And.EndWith("éend").And.Contain("bytes are left out"));
        Assert.That(Encoding.UTF8.GetByteCount(much), Is.LessThanOrEqualTo(CaseEvidence.MostBytes));
        Assert.That(much, Does.Not.Contain("\ufffd"), "no character is cut in two");
    }

    [Test]
    public void A_flaky_case_has_the_evidence_of_a_boot_in_which_it_failed()
    {
        ProbedAttempt[] attempts = [new(1, _accepted), new(2, _refused with { Evidence = "refused" })];
        Assert.That(CaseEvaluator.Evaluate(attempts, Expectations()).Evidence, Is.EqualTo("refused"));
    }

    [Test]
    public void A_foreseen_failure_is_as_expected_and_explained()
    {
        var result = CaseEvaluator.Evaluate(_refused, Expectations(_refusal));
        Assert.That((result.Status, result.Expected, result.AsExpected, result.Cause, result.Workaround),
            Is.EqualTo((CaseStatus.Fail, CaseStatus.Fail, true, "raw.* is foreseen", "another way")));
    }

    [Test]
    public void Another_error_than_the_foreseen_is_not_as_expected()
    {
        var result = CaseEvaluator.Evaluate(_refused with { Errno = "E2BIG" }, Expectations(_refusal));
        Assert.That((result.Status, result.Expected, result.AsExpected),
            Is.EqualTo((CaseStatus.Fail, CaseStatus.Fail, false)));
    }

    [Test]
    public void A_pass_where_a_failure_is_foreseen_is_not_as_expected_and_needs_no_explanation()
    {
        var result = CaseEvaluator.Evaluate(_accepted, Expectations(_refusal));
        Assert.That((result.Status, result.Expected, result.AsExpected, result.Cause),
            Is.EqualTo((CaseStatus.Pass, CaseStatus.Fail, false, (string?)null)));
    }

    [Test]
    public void An_error_is_no_failure_that_an_entry_could_foresee() =>
        Assert.That(CaseEvaluator.Evaluate(_error, Expectations(Expect.Case("raw.*", CaseStatus.Fail))).AsExpected,
            Is.False);

    [TestCase(CaseStatus.Pass)]
    [TestCase(CaseStatus.Skip)]
    [TestCase(CaseStatus.Fail)]
    public void Flaky_is_not_as_expected_unless_an_entry_says_so(CaseStatus foreseen)
    {
        ProbedAttempt[] attempts = [new(1, _accepted), new(2, _refused)];
        Assert.That(CaseEvaluator.Evaluate(attempts, Expectations()),
            Has.Property("Status").EqualTo(CaseStatus.Flaky).And.Property("AsExpected").False);
        Assert.That(CaseEvaluator.Evaluate(attempts, Expectations(Expect.Case("raw.*", foreseen))),
            Has.Property("Expected").EqualTo(foreseen).And.Property("AsExpected").False);
        Assert.That(CaseEvaluator.Evaluate(attempts, Expectations(Expect.Case("raw.*", CaseStatus.Flaky))).AsExpected);
    }

    [Test]
    public void A_single_boot_of_a_flaky_case_gives_one_answer_or_the_other()
    {
        var expectations = Expectations(Expect.Case("raw.*", CaseStatus.Flaky));
        ProbedCase[] answers = [_accepted, _refused, _skipped, _error];
        Assert.That(answers.Select(c => CaseEvaluator.Evaluate(c, expectations).AsExpected),
            Is.EqualTo(new[] { true, true, false, false }));
        Assert.That(CaseEvaluator.Evaluate(_refused, expectations).Cause, Is.EqualTo("raw.* is foreseen"));
    }

    [Test]
    public void Repeats_that_differ_in_words_alone_agree()
    {
        var result =
            CaseEvaluator.Evaluate([new(1, _refused), new(2, _refused with { Reason = "another", Number = 7 })],
                Expectations());
        Assert.That(result, Is.EqualTo(CaseEvaluator.Evaluate(_refused, Expectations())));
    }

    [TestCase(CaseStatus.Pass, CaseStatus.Pass, true)]
    [TestCase(CaseStatus.Fail, CaseStatus.Fail, true)]
    [TestCase(CaseStatus.Skip, CaseStatus.Skip, true)]
    [TestCase(CaseStatus.Error, CaseStatus.Pass, false)]
    public void Of_what_an_author_foresees_any_is_as_expected(CaseStatus status, CaseStatus expected, bool asExpected)
    {
        var foreseen = new Expectation(
            "", [new Glob("raw.*")], [], null, CaseStatus.Fail, null, null, null, "", null, null)
        {
            MayPass = true,
            AlsoForeseen = [CaseStatus.Skip],
        };
        var probed = status switch
        {
            CaseStatus.Pass => _accepted,
            CaseStatus.Fail => _refused,
            CaseStatus.Skip => _skipped,
            _ => _error,
        };
        var result = CaseEvaluator.Evaluate(probed, Expectations(foreseen));
        Assert.That((result.Status, result.Expected, result.AsExpected), Is.EqualTo((status, expected, asExpected)));
    }

    [Test]
    public void A_pass_explains_nothing() =>
        Assert.That(CaseEvaluator.Evaluate(_accepted, Expectations(Expect.Case("raw.*", CaseStatus.Pass))),
            Has.Property(nameof(CaseResult.Cause)).Null);

    [Test]
    public void Being_tested_is_expected_and_nothing_else()
    {
        var expected = Enum.GetValues<KernelStatus>()
            .Where(status => CaseEvaluator.IsExpected(status, false, Expectations()));
        Assert.That(expected, Is.EqualTo(new[] { KernelStatus.Tested }));
    }

    [Test]
    public void A_foreseen_status_of_the_kernel_is_expected()
    {
        var expectations = Expectations(Expect.Kernel(KernelStatus.BootFailed, versions: "6.1"));
        Assert.That(CaseEvaluator.IsExpected(KernelStatus.BootFailed, false, expectations));
        Assert.That(CaseEvaluator.IsExpected(KernelStatus.BootTimeout, false, expectations), Is.False);
    }

    [Test]
    public void A_kernel_that_the_archive_does_not_serve_counts_for_nothing()
    {
        Assert.That(CaseEvaluator.IsExpected(KernelStatus.Unavailable, true, Expectations()));
        Assert.That(CaseEvaluator.IsExpected(KernelStatus.InfraError, true, Expectations()), Is.False);
    }

    private static KernelExpectations Expectations(params Expectation[] entries) =>
        new(entries, "debian-6.1.5-1-amd64", KernelVersion.Parse("6.1.5"), null);
}
