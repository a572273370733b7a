using Harness.Ktap;

namespace Harness.Tests.Ktap;

public sealed class CaseTextsTests
{
    [Test]
    public void Lines_of_one_case_and_name_are_one_text()
    {
        string[] lines =
        [
            "text exec.a out |first", "text exec.a err |other", "text exec.a out +sec", "text exec.a out |ond",
            "text exec.a out |", "text exec.a out -open", "text exec.b out !17", "log case=exec.a from=1 to=2",
        ];
        Assert.That(CaseTexts.Read(lines), Is.EqualTo(new[]
        {
            new CaseText("exec.a", "out", "first\nsecond\n\nopen", 0), new CaseText("exec.a", "err", "other\n", 0),
            new CaseText("exec.b", "out", "", 17),
        }));
    }

    [Test]
    public void Escaped_bytes_are_characters_again() => Assert.That(
        CaseTexts.Read([@"text exec.a out |tab\x09back\x5cslash\xff \x5cx41"]).Single().Text,
        Is.EqualTo("tab\tback\\slash\u00ff \\x41\n"));

    [TestCase("text exec.a out")]
    [TestCase("text exec.a out ?line")]
    [TestCase("text  out |line")]
    [TestCase("texts exec.a out |line")]
    public void Other_lines_are_no_text(string line) => Assert.That(CaseTexts.Read([line]), Is.Empty);

    [TestCase("!many")]
    [TestCase("!99999999999999999999999999")]
    public void A_number_that_is_none_loses_nothing(string mark) =>
        Assert.That(CaseTexts.Read([$"text exec.a out {mark}"]).Single().Lost, Is.Zero);
}
