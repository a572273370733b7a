using Harness.Ktap;

namespace Harness.Tests.Ktap;

public sealed class KtapParserTests
{
    [Test]
    public void A_document_is_taken_apart()
    {
        var document = KtapParser.Parse("""
            KTAP version 1
            # prober protocol=1
            1..3
            ok 1 raw.a # want=accept
            not ok 2 - raw.b
            ok 3 raw.c # SKIP reason=too old
            # end count=3

            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((document.HasVersion, document.Plan, document.Truncated), Is.EqualTo((true, 3, false)));
            Assert.That(document.Results, Is.EqualTo(new[]
            {
                new KtapResult(1, true, "raw.a", null, "want=accept"),
                new KtapResult(2, false, "raw.b", null, ""),
                new KtapResult(3, true, "raw.c", "SKIP", "reason=too old"),
            }));
            Assert.That(document.Diagnostics, Is.EqualTo(new[] { "prober protocol=1", "end count=3" }));
            Assert.That(document.Noise, Is.Empty);
        }
    }

    [Test]
    public void An_empty_text_is_an_empty_document()
    {
        var document = KtapParser.Parse("");
        Assert.That((document.HasVersion, document.Plan, document.Truncated), Is.EqualTo((false, (int?)null, false)));
        Assert.That(document.Results, Is.Empty);
    }

    [TestCase("ok 1 a\nok 2 b", 1)]
    [TestCase("ok 1 a\nok 2 b\n", 2)]
    [TestCase("KTAP version 1\n1..2\nok 1 a\nnot ok", 1)]
    public void A_last_line_without_a_newline_is_not_interpreted(string text, int results)
    {
        var document = KtapParser.Parse(text);
        Assert.That(document.Results, Has.Count.EqualTo(results));
        Assert.That(document.Truncated, Is.EqualTo(!text.EndsWith('\n')));
    }

    [Test]
    public void A_cut_plan_is_no_plan() =>
        Assert.That(KtapParser.Parse("KTAP version 1\n1..12").Plan, Is.Null);

    [Test]
    public void Of_two_plans_the_first_counts_and_the_second_is_noise()
    {
        var document = KtapParser.Parse("1..2\n1..5\n");
        Assert.That((document.Plan, document.Noise.Count), Is.EqualTo((2, 1)));
    }

    [TestCase("1..99999999999999999999")]
    [TestCase("[    1.234567] random: crng init done")]
    [TestCase("okay 1 a")]
    [TestCase("not okay")]
    [TestCase(" ok 1 indented")]
    [TestCase("#no blank after the mark")]
    public void Other_lines_are_noise(string line)
    {
        var document = KtapParser.Parse($"{line}\nok 1 a\n");
        Assert.That(document.Noise, Is.EqualTo(new[] { line }));
        Assert.That(document.Results, Has.Count.EqualTo(1));
    }

    [TestCase("# SKIP", "SKIP", "")]
    [TestCase("# SKIP no such map", "SKIP", "no such map")]
    [TestCase("# SKIPPED for now", null, "SKIPPED for now")]
    [TestCase("# TODO later", "TODO", "later")]
    [TestCase("# TIMEOUT", "TIMEOUT", "")]
    [TestCase("# skip in lower case", null, "skip in lower case")]
    [TestCase("", null, "")]
    public void Directives_are_the_ones_that_KTAP_knows(string mark, string? directive, string diagnostic)
    {
        var result = KtapParser.Parse($"ok 1 a {mark}\n").Results[0];
        Assert.That((result.Description, result.Directive, result.Diagnostic),
            Is.EqualTo(("a", directive, diagnostic)));
    }

    [Test]
    public void Results_without_a_number_are_counted()
    {
        var numbers = KtapParser.Parse("ok - a\nnot ok\nok 7 c\nok\n").Results.Select(r => r.Number);
        Assert.That(numbers, Is.EqualTo(new[] { 1, 2, 7, 4 }));
    }

    [Test]
    public void A_serial_line_may_end_in_a_carriage_return()
    {
        var document = KtapParser.Parse("KTAP version 1\r\n1..1\r\nok 1 a # want=accept\r\n");
        Assert.That((document.HasVersion, document.Plan, document.Results[0].Diagnostic),
            Is.EqualTo((true, 1, "want=accept")));
    }
}
