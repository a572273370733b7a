using Harness.Analysis;
using Harness.Results;
using Harness.Story;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

public sealed class QuestionGridTests
{
    private static readonly RunDocument _document = Samples.Document(
        Samples.Kernel("6.1.192",
            Samples.Case("libbpf.array_of_maps.array.struct.none"),
            Samples.Case("raw.array_of_maps.array.none.none"),
            Samples.Case("raw.array_of_maps.array.none.none.max_entries", CaseStatus.Fail, Outcome.Reject),
            Samples.Case("raw.array_of_maps.array.struct.none", CaseStatus.Fail),
            Samples.Case("raw.array_of_maps.array.timer.timer", CaseStatus.Skip),
            Samples.Case("raw.array_of_maps.hash.struct.none", CaseStatus.Error),
            Samples.Case("raw.hash_of_maps.array.struct.none", CaseStatus.Flaky),
            Samples.Case("raw.hash_of_maps.hash.struct.none")),
        Samples.Untested("6.2", KernelStatus.BootFailed, "panic"),
        Samples.Kernel("6.3",
            Samples.Case("raw.array_of_maps.array.struct.none")) with
        { Status = KernelStatus.Crashed });

    private static readonly QuestionGrid _grid = new(_document, Samples.Probes);

    [Test]
    public void Rows_are_the_kernels_that_reported_anything() =>
        Assert.That(_grid.Kernels.Select(k => k.Version), Is.EqualTo(new[] { "6.1.192", "6.3" }));

    [Test]
    public void The_struct_questions_come_first_and_variants_last() =>
        Assert.That(_grid.Questions.Select(q => $"{q.Layer}: {q.Title}"), Is.EqualTo(new[]
        {
            "raw: struct → none",
            "raw: none → none",
            "raw: timer → timer",
            "raw: none → none (max_entries)",
            "libbpf: struct → none",
        }));

    [Test]
    public void Foremost_are_the_plain_pairs_of_a_layer() =>
        Assert.That(_grid.Foremost("raw").Select(q => q.Text), Is.EqualTo(new[] { "struct.none", "none.none" }));

    [Test]
    public void A_cell_counts_all_map_types() =>
        Assert.That(_grid[_grid.Kernels[0], _grid.Questions[0]],
            Is.EqualTo(new CaseTally(Pass: 1, Fail: 1, Skip: 0, Error: 2, Total: 4)));

    [Test]
    public void What_was_not_asked_is_empty()
    {
        var cell = _grid[_grid.Kernels[1], _grid.Questions[1]];
        Assert.That((cell.IsEmpty, cell.Counted, cell.Verdict), Is.EqualTo((true, "", "")));
    }

    [TestCase(4, 0, 0, 0, "✓", "✓")]
    [TestCase(0, 4, 0, 0, "✗", "✗")]
    [TestCase(0, 0, 4, 0, "–", "–")]
    [TestCase(0, 0, 0, 4, "!", "!")]
    [TestCase(3, 1, 0, 0, "✓3 ✗1", "✓3 ✗1")]
    [TestCase(3, 0, 1, 0, "✓3 –1", "✓")]
    [TestCase(0, 3, 1, 0, "✗3 –1", "✗")]
    [TestCase(3, 0, 0, 1, "✓3 !1", "✓3 !1")]
    [TestCase(1, 1, 1, 1, "✓1 ✗1 –1 !1", "✓1 ✗1 –1 !1")]
    public void A_cell_in_signs(int pass, int fail, int skip, int error, string counted, string verdict)
    {
        var cell = new CaseTally(pass, fail, skip, error, pass + fail + skip + error);
        Assert.That((cell.Counted, cell.Verdict), Is.EqualTo((counted, verdict)));
    }
}
