using Harness.Ktap;
using Harness.Probes.Exec;

namespace Harness.Tests.Probes.Exec;

/// <summary>Which cases a program's output comes to; what a line of TAP or KTAP means is TapReader's matter.</summary>
public sealed class ExecResultsTests
{
    private static readonly ProbedCase _passed = new(1, "exec.demo", true, false, "accept", "accept", null, null, null);

    private static readonly ProbedCase _exitedWithOne = _passed with
    {
        Ok = false,
        Outcome = "reject",
        Step = "exit",
        Reason = "it exited with 1, not with 0",
    };

    private static readonly ProbedCase _skipped = _passed with
    {
        Skipped = true,
        Outcome = null,
        Step = "exit",
        Reason = "it exited with 4",
    };

    private static readonly ProbedCase _timedOut = _passed with
    {
        Ok = false,
        Outcome = "reject",
        Step = "timeout",
        Reason = "it did not end within 45 s",
    };

    [Test]
    public void A_program_without_results_of_its_own_is_one_case() =>
        Assert.That(Told(_passed, "all is well\n"), Is.EqualTo(["exec.demo accept"]));

    [Test]
    public void Each_result_is_a_case_below_the_program_with_its_subtests_below_it() =>
        Assert.That(
            Told(_passed, """
                KTAP version 1
                1..2
                  KTAP version 1
                  1..2
                  ok 1 small
                  ok 2 large
                ok 1 maps
                ok 2 - programs: all
                """),
            Is.EqualTo(
            [
                "exec.demo accept", "exec.demo.maps accept", "exec.demo.maps.small accept",
                "exec.demo.maps.large accept", "exec.demo.programs__all accept",
            ]));

    [Test]
    public void Names_that_come_to_the_same_part_get_numbers_and_nameless_tests_are_numbers() =>
        Assert.That(
            Told(_passed, "KTAP version 1\n1..5\nok 1 a b\nok 2 a.b\nok 3 a_b-2\nok 4 a b\nok 5\n"),
            Is.EqualTo(
            [
                "exec.demo accept", "exec.demo.a_b accept", "exec.demo.a_b-2 accept", "exec.demo.a_b-2-2 accept",
                "exec.demo.a_b-3 accept", "exec.demo.5 accept",
            ]));

    [TestCase("ok 1 t", "accept", null, null)]
    [TestCase("not ok 1 t # 3 is not 4", "reject", "test", "3 is not 4")]
    [TestCase("ok 1 t # SKIP no device", "skip", null, "no device")]
    [TestCase("not ok 1 t # TODO later", "skip", null, "it fails, which its author foresees (TODO): later")]
    [TestCase("not ok 1 t # XFAIL", "skip", null, "it fails, which its author foresees (XFAIL)")]
    [TestCase("not ok 1 t # TIMEOUT 45 s", "reject", "timeout", "it did not end within its time: 45 s")]
    [TestCase("not ok 1 t # ERROR no memory", "null", null, "it could not be run (ERROR): no memory")]
    public void A_directive_becomes_a_status(string line, string outcome, string? step, string? reason)
    {
        var test = Cases(_exitedWithOne, $"KTAP version 1\n1..1\n{line}\n")[1];
        Assert.That((Outcome(test), test.Step, test.Reason), Is.EqualTo((outcome, step, reason)));
    }

    [Test]
    public void The_lines_before_a_failed_result_are_its_evidence_and_those_of_others_are_not()
    {
        var cases =
            Cases(_exitedWithOne, "KTAP version 1\n1..2\n# of one\nok 1 one\n# of two\nsaid\nnot ok 2 two: x\n");
        Assert.That(cases.Select(c => c.Evidence), Is.EqualTo([null, null, "two: x\n# of two\nsaid"]));
    }

    [Test]
    public void A_program_that_exits_well_though_a_test_failed_has_failed()
    {
        var whole = Cases(_passed, "KTAP version 1\n1..2\nok 1 one\nnot ok 2 two\n")[0];
        Assert.That((whole.Ok, whole.Outcome, whole.Step, whole.Reason), Is.EqualTo(
            (false, "reject", "test", "it exited as expected; 1 of 2 tests failed: two")));
    }

    [Test]
    public void A_program_that_exits_badly_though_no_test_failed_has_failed_and_says_so() =>
        Assert.That(Cases(_exitedWithOne, "KTAP version 1\n1..1\nok 1 one\n")[0].Reason,
            Is.EqualTo("it exited with 1, not with 0; none of its 1 tests failed"));

    [Test]
    public void A_failed_test_is_not_hidden_by_the_exit_code_of_a_skip()
    {
        var whole = Cases(_skipped, "KTAP version 1\n1..1\nnot ok 1 one\n")[0];
        Assert.That((whole.Skipped, whole.Outcome, whole.Reason),
            Is.EqualTo((false, "reject", "it exited with 4; 1 of 1 tests failed: one")));
    }

    [Test]
    public void Results_that_the_plan_announces_and_that_are_missing_fail_the_program() =>
        Assert.That(Told(_passed, "KTAP version 1\n1..3\nok 1 one\n"), Is.EqualTo(
        [
            "exec.demo reject: it exited as expected; 2 of 3 tests have no result", "exec.demo.one accept",
        ]));

    [Test]
    public void Without_a_plan_what_was_lost_may_hold_a_failure()
    {
        var whole = Cases(_passed, "KTAP version 1\nok 1 one\n", lost: 9)[0];
        Assert.That((Outcome(whole), whole.Reason),
            Is.EqualTo(("null", "what is lost may hold failures; 9 bytes of its output were not kept")));
        Assert.That(Outcome(Cases(_passed, "KTAP version 1\n1..1\nok 1 one\n", lost: 9)[0]), Is.EqualTo("accept"));
    }

    [Test]
    public void Results_that_may_have_been_lost_leave_the_program_without_a_verdict()
    {
        var whole = Cases(_passed, "KTAP version 1\n1..3\nok 1 one\n", lost: 9)[0];
        Assert.That((whole.Ok, whole.Outcome, whole.Reason), Is.EqualTo(
            (false, (string?)null,
                "it exited as expected; 2 of 3 tests have no result; 9 bytes of its output were not kept")));
    }

    [Test]
    public void A_test_whose_subtests_are_missing_has_no_verdict() =>
        Assert.That(
            Told(_passed, "KTAP version 1\n1..1\n  KTAP version 1\n  1..2\n  ok 1 a\nok 1 one\n"),
            Is.EqualTo(
            [
                "exec.demo reject: it exited as expected; 1 of 2 tests gave no verdict",
                "exec.demo.one null: 1 of 2 subtests have no result", "exec.demo.one.a accept",
            ]));

    [Test]
    public void What_a_program_wrote_until_its_time_was_over_stands_but_for_a_cut_line() =>
        Assert.That(Told(_timedOut, "KTAP version 1\n1..2\nok 1 one\nnot ok 2 tw"), Is.EqualTo(
        [
            "exec.demo reject: it did not end within 45 s; 1 of 2 tests have no result", "exec.demo.one accept",
        ]));

    [TestCase("1..0 # SKIP no root\n", "no root")]
    [TestCase("KTAP version 1\n1..1\nok 1 a # SKIP\n", "all of its 1 tests were skipped")]
    public void A_program_that_skips_all_is_skipped(string text, string reason)
    {
        var whole = Cases(_passed, text)[0];
        Assert.That((whole.Skipped, whole.Outcome, whole.Reason), Is.EqualTo((true, (string?)null, reason)));
    }

    [Test]
    public void A_program_that_gives_up_has_failed() =>
        Assert.That(Told(_passed, "TAP version 13\n1..1\nok 1 a\nBail out! no disk\n")[0],
            Is.EqualTo("exec.demo reject: it exited as expected; it gave up: no disk"));

    [Test]
    public void A_program_that_announces_results_and_writes_none_has_no_verdict() =>
        Assert.That(Told(_passed, "KTAP version 1\n"),
            Is.EqualTo(["exec.demo null: it announced results and wrote none"]));

    [Test]
    public void A_program_that_was_not_started_stays_an_error()
    {
        var error = _passed with { Ok = false, Outcome = null, Step = "start", Reason = "it cannot be run" };
        Assert.That(Cases(error, "KTAP version 1\n1..1\nnot ok 1 a\n")[0].Reason, Is.EqualTo("it cannot be run"));
    }

    [Test]
    public void A_million_results_come_to_a_bounded_number_of_cases_and_all_of_them_count()
    {
        var lines = string.Concat(Enumerable.Range(1, 60_000).Select(i => $"ok {i}\n"));
        var cases = Cases(_passed, $"KTAP version 1\n{lines}not ok 60001 last\n");
        Assert.That(cases, Has.Count.EqualTo(1 + TapCases.Most));
        Assert.That(cases[0].Reason, Is.EqualTo("it exited as expected; 1 of 60001 tests failed: last; "
            + "only the first 4000 of its 60001 results have a case"));
    }

    [Test]
    [CancelAfter(10_000)]
    public void Many_results_whose_numbers_are_wrong_are_read_in_time()
    {
        var lines = string.Concat(Enumerable.Repeat("ok 0 a\n", 70_000));
        Assert.That(Cases(_passed, "KTAP version 1\n" + lines), Has.Count.EqualTo(1 + TapCases.Most));
    }

    [Test]
    public void Evidence_of_a_program_without_results_is_the_end_of_what_it_wrote()
    {
        var long_ = string.Concat(Enumerable.Range(1, 1000).Select(i => $"line {i}\n"));
        var whole = ExecResults.Of(Report(_exitedWithOne, "said\u001b[1m\n\n", 0) with
        {
            Texts =
                [new CaseText("exec.demo", "out", "said\u001b[1m\n\n", 0), new CaseText("exec.demo", "err", long_, 0)],
        })[0];
        Assert.That(whole.Evidence, Does.StartWith("said\\x1b[1m\n… ").And.EndWith("line 999\nline 1000"));
        Assert.That(whole.Evidence, Has.Length.LessThan(8192));
    }

    [Test]
    public void Texts_of_programs_are_files_of_the_run() =>
        Assert.That(
            ExecResults.Files(Report(_passed, "said\n", 0)).Select(file => (file.Case, file.Name, file.Text)),
            Is.EqualTo([("exec.demo", "out", "said\n")]));

    private static IReadOnlyList<ProbedCase> Cases(ProbedCase program, string output, long lost = 0) =>
        ExecResults.Of(Report(program, output, lost));

    private static ProbeReport Report(ProbedCase program, string output, long lost) =>
        ProbeReport.Read("", "") with
        {
            Cases = [program],
            Texts = [new CaseText(program.Id, "out", output, lost), new CaseText(program.Id, "err", "", 0)],
        };

    private static List<string> Told(ProbedCase program, string output) =>
        [.. Cases(program, output).Select(c => $"{c.Id} {Outcome(c)}" + (c.Reason is null ? "" : $": {c.Reason}"))];

    private static string Outcome(ProbedCase probed) => probed.Skipped ? "skip" : probed.Outcome ?? "null";
}
