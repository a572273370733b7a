using Harness.Kernels;
using Harness.Matrix;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class LineNotesTests
{
    private static readonly Expectation _byVersion = Expect.Case("raw.*", CaseStatus.Fail, versions: "6.1");

    [Test]
    public void A_line_that_no_expectation_names_is_noted_where_others_go_by_version() => Assert.That(
        Of([_byVersion], "debian", "el9", null, "el9", "amazon"), Is.EqualTo(new[]
        {
            "no expectation names the line amazon, and those by version are about upstream and debian",
            "no expectation names the line el9, and those by version are about upstream and debian",
        }));

    [Test]
    public void A_line_that_an_expectation_names_is_not() =>
        Assert.That(Of([_byVersion, _byVersion with { Line = new Glob("el*") }], "el9"), Is.Empty);

    [Test]
    public void Without_an_expectation_by_version_there_is_nothing_to_say()
    {
        Assert.That(Of([], "el9"), Is.Empty);
        Assert.That(Of([Expect.Case("raw.*", CaseStatus.Fail)], "el9"), Is.Empty);
    }

    private static IEnumerable<string> Of(IReadOnlyList<Expectation> expectations, params string?[] lines) =>
        LineNotes.Of(expectations, lines.Select(line =>
            new PlannedKernel(new Kernel("k", null, "x86_64", "fake", new AbsentImageSource("none")) { Line = line })));
}
