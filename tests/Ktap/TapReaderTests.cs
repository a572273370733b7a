using Harness.Ktap;

namespace Harness.Tests.Ktap;

/// <summary>
/// What is expected stands in Documentation/dev-tools/ktap.rst, or in TAP's specification (testanything.org) where a
/// test says so.
/// </summary>
public sealed class TapReaderTests
{
    /// <summary>The specification's own example, in other names.</summary>
    [Test]
    public void Indentation_with_version_lines_makes_levels() =>
        Assert.That(TapTree.Of("""
            KTAP version 1
            1..1
              KTAP version 1
              1..2
                KTAP version 1
                1..1
                # deep: starting
                ok 1 deep
              ok 1 left
                KTAP version 1
                1..2
                ok 1 one # SKIP not here
                not ok 2 two
              not ok 2 right
            not ok 1 all

            """), Is.EqualTo("""
            Failed all
              Passed left
                Passed deep
              Failed right
                Skipped one (not here)
                Failed two

            """));

    /// <summary>KUnit writes both lines, and older kernels only the second one.</summary>
    [TestCase("  KTAP version 1\n  # Subtest: suite\n")]
    [TestCase("  # Subtest: suite\n")]
    [TestCase("KTAP version 1\n# Subtest: suite\n")]
    [TestCase("# Subtest: suite\n")]
    [TestCase("KTAP version 1\n")]
    public void A_level_begins_with_a_version_line_or_a_subtest_line_indented_or_not(string head)
    {
        var indent = head[..^head.TrimStart().Length];
        Assert.That(
            TapTree.Of($"KTAP version 1\n1..2\n{head}{indent}1..2\n{indent}ok 1 a\n{indent}not ok 2 b\n"
                + "not ok 1 suite\nok 2 other\n"),
            Is.EqualTo("Failed suite\n  Passed a\n  Failed b\nPassed other\n"));
    }

    /// <summary>A level that has no plan and is not indented ends at the result that has its name.</summary>
    [Test]
    public void A_level_without_a_plan_ends_at_its_own_result() =>
        Assert.That(
            TapTree.Of("KTAP version 1\n1..2\n# Subtest: suite\nok 1 a\nok 2 b\nok 1 suite\nok 2 other\n"),
            Is.EqualTo("Passed suite\n  Passed a\n  Passed b\nPassed other\n"));

    [Test]
    public void A_subtest_that_has_its_parents_name_does_not_end_an_indented_level() =>
        Assert.That(
            TapTree.Of("KTAP version 1\n1..1\n  # Subtest: x\n  1..2\n  ok 1 x\n  ok 2 y\nok 1 x\n"),
            Is.EqualTo("Passed x\n  Passed x\n  Passed y\n"));

    /// <summary>TAP 14: a bare subtest, whose indentation alone tells it.</summary>
    [Test]
    public void Indentation_alone_makes_a_level() =>
        Assert.That(
            TapTree.Of("TAP version 14\n1..2\n    ok 1 - a\n    ok 2 - b\n    1..2\nok 1 - both\nok 2 - other\n"),
            Is.EqualTo("Passed both\n  Passed a\n  Passed b\nPassed other\n"));

    /// <summary>TAP 14: the comment stands at the parent's level, and its subtests may have a version line.</summary>
    [TestCase("")]
    [TestCase("    TAP version 14\n")]
    public void A_subtest_line_may_stand_before_the_indentation(string version) =>
        Assert.That(
            TapTree.Of($"TAP version 14\n1..1\n# Subtest: foo.tap\n{version}    1..1\n    not ok 1 - a\n"
                + "not ok 1 - foo.tap\n"),
            Is.EqualTo("Failed foo.tap\n  Failed a\n"));

    [Test]
    public void Results_that_are_all_indented_and_have_no_parent_are_no_subtests() =>
        Assert.That(
            TapTree.Of("TAP version 13\n  1..2\n  ok 1 a\n  ok 2 b\n"), Is.EqualTo("Passed a\nPassed b\n"));

    [TestCase("KTAP version 1\n1..2\nok 1 a\nok 2 b\n", 2, TestName = "The plan comes first")]
    [TestCase("KTAP version 1\nok 1 a\nok 2 b\n1..2\n", 2, TestName = "The plan comes last")]
    [TestCase("KTAP version 1\nok 1 a\nok 2 b\n", null, TestName = "The plan is missing")]
    public void A_plan_comes_first_last_or_not_at_all(string text, int? plan)
    {
        var read = TapReader.Read(text);
        Assert.That((read.Plan, read.Tests.Count, read.Missing), Is.EqualTo(((long?)plan, 2, 0L)));
        Assert.That(read.Problems, Is.Empty);
    }

    [Test]
    public void Tests_that_a_plan_announces_and_that_do_not_come_are_missing()
    {
        var read = TapReader.Read("KTAP version 1\n1..2000000000\nok 1 a\n");
        Assert.That((read.Missing, read.Tests.Count), Is.EqualTo((1_999_999_999L, 1)));
        Assert.That(read.Problems, Is.EqualTo(new[] { "1999999999 of 2000000000 tests have no result" }));
    }

    [Test]
    public void More_results_than_the_plan_announces_are_kept_and_told()
    {
        var read = TapReader.Read("KTAP version 1\n1..1\nok 1 a\nnot ok 2 b\n");
        Assert.That(read.Tests.Select(t => t.Status), Is.EqualTo(new[] { TapStatus.Passed, TapStatus.Failed }));
        Assert.That(read.Problems, Is.EqualTo(new[] { "line 4: a result more than the plan 1..1 announces" }));
    }

    [Test]
    public void A_second_plan_is_told() =>
        Assert.That(
            TapReader.Read("KTAP version 1\n1..1\n1..2\nok 1 a\n").Problems,
            Is.EqualTo(new[] { "line 3: a second plan, 1..2" }));

    /// <summary>As kunit_parser.py does, which calls such a parent crashed.</summary>
    [Test]
    public void A_test_whose_subtests_are_not_all_there_has_no_verdict() =>
        Assert.That(
            TapTree.Of("KTAP version 1\n1..1\n  # Subtest: x\n  1..3\n  ok 1 a\nok 1 x\n"),
            Is.EqualTo("Error x missing 2\n  Passed a\n"));

    [Test]
    public void Subtests_without_a_result_of_their_parent_are_kept()
    {
        var read = TapReader.Read("KTAP version 1\n1..2\n  # Subtest: x\n  1..1\n  not ok 1 a\nok 2 y\n");
        Assert.That(read.Tests.Select(t => (t.Name, t.Status)), Is.EqualTo(new[]
        {
            ("x", TapStatus.Error), ("y", TapStatus.Passed),
        }));
        Assert.That(read.Tests[0].Tests.Single().Status, Is.EqualTo(TapStatus.Failed));
    }

    [TestCase("ok 1 a # SKIP no device", "Skipped a (no device)")]
    [TestCase("not ok 1 a # SKIP", "Skipped a")]
    [TestCase("not ok 1 a # TODO later", "Skipped a (later)")]
    [TestCase("ok 1 a # TODO later", "Passed a (later)")]
    [TestCase("not ok 1 a # XFAIL known", "Skipped a (known)")]
    [TestCase("ok 1 a # XFAIL known", "Passed a (known)")]
    [TestCase("not ok 1 a # TIMEOUT 45 seconds", "Failed a (45 seconds)")]
    [TestCase("not ok 1 a # ERROR no memory", "Error a (no memory)")]
    [TestCase("ok 1 a # rcode=0", "Passed a (rcode=0)")]
    [TestCase("not ok 1 a # UNKNOWN word", "Failed a (UNKNOWN word)")]
    [TestCase("ok 1 a # skip in small letters", "Passed a (skip in small letters)")]
    public void A_directive_says_what_a_result_means(string line, string expected) =>
        Assert.That(TapTree.Of($"KTAP version 1\n1..1\n{line}\n"), Is.EqualTo(expected + "\n"));

    /// <summary>TAP: directives are not case-sensitive, and any word that begins with skip is one.</summary>
    [TestCase("ok 1 - a # skip no device", "Skipped a (no device)")]
    [TestCase("ok 1 - a # Skipped: no device", "Skipped a (no device)")]
    [TestCase("not ok 1 - a # todo later", "Skipped a (later)")]
    public void TAP_writes_directives_in_either_case(string line, string expected) =>
        Assert.That(TapTree.Of($"TAP version 13\n1..1\n{line}\n"), Is.EqualTo(expected + "\n"));

    [Test]
    public void Lines_before_a_result_are_its_log_and_those_behind_the_last_one_the_texts()
    {
        var read = TapReader.Read("KTAP version 1\n1..2\n# a: first\nsome noise\nok 1 a\n# b\nnot ok 2 b\n# sum\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Tests[0].Log, Is.EqualTo(new[] { "# a: first", "some noise" }));
            Assert.That(read.Tests[1].Log, Is.EqualTo(new[] { "# b" }));
            Assert.That(read.Log, Is.EqualTo(new[] { "# sum" }));
        }
    }

    /// <summary>The specification shows it: the line is not indented, and stands before the parent's result.</summary>
    [Test]
    public void A_line_between_the_last_subtest_and_its_parents_result_is_the_parents()
    {
        var test = TapReader.Read(
            "KTAP version 1\n1..1\n  KTAP version 1\n  1..1\n  ok 1 a\n# parent\nok 1 p\n").Tests[0];
        Assert.That(test.Log, Is.EqualTo(new[] { "# parent" }));
        Assert.That(test.Tests[0].Log, Is.Empty);
    }

    [Test]
    public void Unknown_lines_change_nothing() =>
        Assert.That(
            TapTree.Of("hello\nok so far\nKTAP version 1\n1..1\nok then\n\n  what\nnot okay\n1..x\nok 1 a\nbye\n"),
            Is.EqualTo("Passed a\n"));

    [Test]
    public void Results_before_the_version_line_are_no_results() =>
        Assert.That(TapTree.Of("ok 1 noise\nKTAP version 1\n1..1\nok 1 a\n"), Is.EqualTo("Passed a\n"));

    /// <summary>The text as dmesg shows it: each line of the kernel's log begins with its time.</summary>
    [Test]
    public void A_kernel_logs_times_are_taken_off() =>
        Assert.That(
            TapTree.Of("""
                [    0.100000] Linux
                [    0.200000] KTAP version 1
                [    0.200001] 1..1
                [    0.300000]   KTAP version 1
                [    0.300000]   1..1
                [   10.300000]   ok 1 a
                [   10.400000] random: crng init done
                <6>[   10.400000][    T1] ok 1 p

                """),
            Is.EqualTo("Passed p\n  Passed a\n"));

    [Test]
    public void Another_prefix_is_taken_off_too() =>
        Assert.That(
            TapTree.Of("ttyS0: KTAP version 1\nttyS0: 1..1\nttyS0: ok 1 a\nother\n"), Is.EqualTo("Passed a\n"));

    [TestCase("ok 1 fi[    1.234567] eth0: link up\nrst\nok 2 b\n", "Passed first\nPassed b\n")]
    [TestCase("no[    1.234567] one\n[    1.234568] two\nt ok 1 a\nok 2 b\n", "Failed a\nPassed b\n")]
    [TestCase("not [    1.234567] one\nok 1 a\nok 2 b\n", "Failed a\nPassed b\n")]
    [TestCase("ok 1 a[    1.234567] one\n\nok 2 b\n", "Passed a\nPassed b\n")]
    [TestCase("ok 1 a[    1.234567] one\nok 2 b\n", "Passed a\nPassed b\n")]
    [TestCase("ok 1 a [    1.234567] one\n# SKIP why\nok 2 b\n", "Skipped a (why)\nPassed b\n")]
    [TestCase("# log: [    1.234567] quoted\nok 1 a\nok 2 b\n", "Passed a\nPassed b\n")]
    [TestCase("ok 1 a # at [    1.234567] quoted\nok 2 b\n", "Passed a (at [    1.234567] quoted)\nPassed b\n")]
    public void A_kernel_message_in_the_middle_of_a_line_does_not_cut_it(string lines, string expected) =>
        Assert.That(TapTree.Of("KTAP version 1\n1..2\n" + lines), Is.EqualTo(expected));

    /// <summary>A program that ended by itself may leave the last newline out; a text that was cut may not.</summary>
    [TestCase(true, "Passed a\nPassed bc\n")]
    [TestCase(false, "Passed a\n")]
    public void A_last_line_without_a_newline_counts_only_when_the_text_is_whole(bool whole, string expected) =>
        Assert.That(TapTree.Of("KTAP version 1\n1..2\nok 1 a\nok 2 bc", whole), Is.EqualTo(expected));

    [Test]
    public void Results_that_come_twice_or_in_another_order_are_kept_and_told()
    {
        var read = TapReader.Read("KTAP version 1\n1..4\nok 1 a\nok 1 a\nok 4 d\nok 3 c\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Tests.Select(t => t.Name), Is.EqualTo(new[] { "a", "a", "d", "c" }));
            Assert.That(read.Problems, Is.EqualTo(new[]
            {
                "line 4: test 1 has a second result",
                "line 5: test 4 stands where test 3 is due",
                "line 6: test 3 stands where test 4 is due",
            }));
        }
    }

    [Test]
    public void Lines_may_end_in_CR_LF() =>
        Assert.That(
            TapTree.Of("KTAP version 1\r\n1..1\r\n  KTAP version 1\r\n  1..1\r\n  ok 1 a\r\nok 1 b # SKIP x\r\n"),
            Is.EqualTo("Skipped b (x)\n  Passed a\n"));

    /// <summary>TAP 13 and 14: what stands in a YAML block is never a result.</summary>
    [Test]
    public void A_YAML_block_belongs_to_the_result_before_it()
    {
        var read = TapReader.Read("""
            TAP version 13
            1..2
            not ok 1 - a
              ---
              message: 'wrong'
              list:
                - ok 2 - in YAML
              ok 3 - too
              ...
            ok 2 - b

            """);
        Assert.That(read.Tests.Select(t => (t.Name, t.Status)), Is.EqualTo(new[]
        {
            ("a", TapStatus.Failed), ("b", TapStatus.Passed),
        }));
        Assert.That(read.Tests[0].Log, Is.EqualTo(new[]
        {
            "message: 'wrong'", "list:", "  - ok 2 - in YAML", "ok 3 - too",
        }));
    }

    [Test]
    public void A_YAML_block_without_an_end_ends_with_its_indentation() =>
        Assert.That(
            TapTree.Of("TAP version 13\n1..2\nok 1 - a\n  ---\n  key: 1\nnot ok 2 - b\n"),
            Is.EqualTo("Passed a\nFailed b\n"));

    /// <summary>TAP 14: a description escapes the hash sign and the backslash.</summary>
    [Test]
    public void TAP_14_escapes_a_hash_sign() =>
        Assert.That(
            TapTree.Of("""
                TAP version 14
                1..2
                ok 1 - issue \# 816 \\ # SKIP why
                ok 2 - issue#816

                """),
            Is.EqualTo("Skipped issue # 816 \\ (why)\nPassed issue#816\n"));

    /// <summary>TAP lets the number and the description be left out; KTAP lets the description.</summary>
    [TestCase("TAP version 13\n1..3\nok\nnot ok\nok - c\n", "Passed\nFailed\nPassed c\n")]
    [TestCase("KTAP version 1\n1..2\nok 1\nok\nok 2\n", "Passed\nPassed\n")]
    public void Numbers_and_descriptions_may_be_left_out(string text, string expected) =>
        Assert.That(TapTree.Of(text), Is.EqualTo(expected));

    [Test]
    public void TAP_bails_out()
    {
        var read = TapReader.Read("TAP version 13\n1..3\nok 1 a\nBail out! no database\nok 2 b\n");
        Assert.That((read.BailOut, read.Tests.Count, read.Missing), Is.EqualTo(("no database", 1, 2L)));
    }

    [Test]
    public void In_KTAP_bailing_out_is_an_unknown_line() =>
        Assert.That(TapTree.Of("KTAP version 1\n1..1\nBail out!\nok 1 a\n"), Is.EqualTo("Passed a\n"));

    [TestCase("TAP version 13\n1..0 # SKIP no BTF\n", "no BTF")]
    [TestCase("1..0 # skipped: no BTF\n", "no BTF")]
    [TestCase("KTAP version 1\n1..0\n", null)]
    public void A_plan_of_nothing_may_say_why(string text, string? reason)
    {
        var read = TapReader.Read(text);
        Assert.That((read.SkipReason, read.Tests.Count, read.Plan), Is.EqualTo((reason, 0, (long?)0)));
    }

    [TestCase("KTAP version 1\n1..1\nok 1 a\n", true)]
    [TestCase("TAP version 13\n", true)]
    [TestCase("1..1\nok 1 a\n", true)]
    [TestCase("ok 1 a\n", false)]
    [TestCase("1..2\n", false)]
    [TestCase("hello\nok 1 hello\n", false)]
    [TestCase("", false)]
    public void A_text_says_that_it_is_one(string text, bool isTap) =>
        Assert.That(TapReader.Read(text).IsTap, Is.EqualTo(isTap));

    [Test]
    public void Levels_and_problems_are_bounded()
    {
        var deep = string.Concat(Enumerable.Range(0, 10_000)
            .Select(i => new string(' ', 2 * i % 400) + "KTAP version 1\n"));
        Assert.That(() => TapReader.Read(deep + deep), Throws.Nothing);
        var many = string.Concat(Enumerable.Repeat("ok 7 a\n", 1000));
        Assert.That(TapReader.Read("KTAP version 1\n" + many).Problems, Has.Count.EqualTo(20));
    }

    [TestCase("ok 99999999999999999999999 a", null)]
    [TestCase("ok 9223372036854775807 a", long.MaxValue)]
    public void A_number_of_any_length_is_one(string line, long? number) =>
        Assert.That(TapReader.Read($"KTAP version 1\n{line}\n").Tests.Single().Number, Is.EqualTo(number));

    /// <summary>As many results as the output of a program has room for (512 KiB).</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Numbers_that_go_down_or_come_twice_take_no_longer_than_others(bool twice)
    {
        const int Count = 58_000;
        var text = string.Concat(Enumerable.Range(0, Count).Select(i => $"ok {(twice ? i / 2 : Count - i)}\n"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var read = TapReader.Read("KTAP version 1\n" + text);
        Assert.That(read.Tests, Has.Count.EqualTo(Count));
        Assert.That(read.Problems,
            Has.Some.Contains(twice ? "test 0 has a second result" : "stands where test 1 is due"));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }
}
