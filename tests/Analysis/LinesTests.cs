using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>Kernels of two lines: what is known of one at a version says nothing of the other.</summary>
public sealed class LinesTests
{
    private const string Title = "## What differs from line to line";
    private const string One = "raw.array_of_maps.array.struct.none";
    private const string Two = "raw.array_of_maps.hash.struct.none";

    private static readonly KernelResult[] _debian =
    [
        Kernel("debian", "5.10.262", CaseStatus.Pass), Kernel("debian", "6.1.192", CaseStatus.Fail),
        Kernel("debian", "6.12.43", CaseStatus.Pass),
    ];

    /// <summary>Between Debian's 5.10 and 6.1 by version.</summary>
    private static readonly KernelResult[] _el9 =
    [
        Kernel("el9", "5.14", CaseStatus.Fail, "427.el9"), Kernel("el9", "5.14", CaseStatus.Pass, "1000.el9"),
    ];

    [Test]
    public void Ranges_are_within_a_line()
    {
        var ranges = Ranges.Compute([.. _debian, .. _el9]).Where(r => r.Case == One).ToList();
        Assert.That(ranges.Select(r => r.Line), Is.EqualTo(new[] { "debian", "el9" }));
        Assert.That(ranges[0].Segments, Is.EqualTo(Ranges.Compute(_debian).First(r => r.Case == One).Segments));
        Assert.That(ranges[1].Segments, Is.EqualTo(new[]
        {
            new Segment(CaseStatus.Fail, _el9[0].Id, _el9[0].Id, 1),
            new Segment(CaseStatus.Pass, _el9[1].Id, _el9[1].Id, 1),
        }));
    }

    [Test]
    public void A_change_is_between_neighbours_of_one_line()
    {
        var transitions = Transitions.Of([.. _el9, .. _debian]);
        Assert.That(transitions.Select(t => (t.Line, t.From.Kernel, t.To.Kernel)), Is.EqualTo(new[]
        {
            ("debian", _debian[0].Id, _debian[1].Id), ("debian", _debian[1].Id, _debian[2].Id),
            ("el9", _el9[0].Id, _el9[1].Id),
        }));
    }

    [Test]
    public void A_kernel_that_did_not_boot_ends_no_range_of_another_line()
    {
        var panicked = Samples.Untested("5.14", KernelStatus.BootFailed, "panic") with { Line = "el9", Id = "el9-1" };
        KernelResult[] alike = [_debian[0], Kernel("debian", "6.1.1", CaseStatus.Pass)];
        Assert.That(Ranges.Compute([.. alike, panicked]).First(r => r.Case == One).Segments, Has.Count.EqualTo(1));
    }

    [Test]
    public void Kernels_of_one_version_are_called_by_their_lines()
    {
        var text = Written(Kernel("debian", "6.1.5", CaseStatus.Pass), Kernel("el9", "6.1.5", CaseStatus.Fail),
            Kernel(null, "6.1.5", CaseStatus.Pass));
        Assert.That(text, Does.Contain("| 6.1.5 (debian) | ✓ |").And.Contain("| 6.1.5 (el9) | ✓1 ✗1 |")
            .And.Contain("| 6.1.5 (upstream) | ✓ |"));
    }

    [Test]
    public void An_answer_that_lines_give_otherwise_stands_with_each()
    {
        var text = Written([.. _debian[..1], .. _el9[..1]]);
        const string Question = "- Template typed by a struct, inner map without BTF";
        Assert.That(text, Does.Contain($"{Question} (debian): accepted 5.10.262.\n")
            .And.Contain($"{Question} (array, el9): rejected 5.14.\n"));
    }

    [Test]
    public void Lines_that_share_no_version_are_not_compared() =>
        Assert.That(Written([.. _debian, .. _el9]), Does.Not.Contain(Title));

    [Test]
    public void A_case_that_a_line_answers_otherwise_is_told_with_what_each_answered()
    {
        var text = Written(
            Kernel("debian", "6.1.5", CaseStatus.Pass), Kernel("amazon", "6.1.5", CaseStatus.Fail),
            Kernel(null, "6.1.5", CaseStatus.Pass),
            Kernel("debian", "6.1.6", CaseStatus.Pass), Kernel("amazon", "6.1.6", CaseStatus.Pass));
        Assert.That(text, Does.Contain($"{Title}\n\nKernels of 2 versions are in the lines "
            + "amazon, debian and upstream: the answers differ in 1 case of 2.\n"));
        Assert.That(text, Does.Contain(
            $"| `{One}` | 6.1.5 | rejected at update with EINVAL | accepted | accepted |"));
    }

    [Test]
    public void Kernels_of_two_lines_on_two_machines_are_compared_within_each()
    {
        KernelResult[] kernels =
        [
            Kernel("debian", "6.1.5", CaseStatus.Pass), On("aarch64", Kernel("debian", "6.1.5", CaseStatus.Fail)),
            Kernel("el9", "6.1.5", CaseStatus.Pass), On("aarch64", Kernel("el9", "6.1.5", CaseStatus.Pass)),
        ];
        var (machines, lines) = (VersionDifferences.OfMachines(Samples.Document(kernels)),
            VersionDifferences.OfLines(Samples.Document(kernels)));
        Assert.That(machines.Versions, Is.EquivalentTo(new[] { "6.1.5 (debian)", "6.1.5 (el9)" }));
        Assert.That(machines.Differing.Single().Version, Is.EqualTo("6.1.5 (debian)"));
        Assert.That(lines.Versions, Is.EquivalentTo(new[] { "6.1.5 (aarch64)", "6.1.5 (x86_64)" }));
        Assert.That(lines.Differing.Single().Version, Is.EqualTo("6.1.5 (aarch64)"));
    }

    [TestCaseSource(nameof(Reports))]
    public void Reports_of_one_line_say_nothing_of_lines(Func<RunDocument, string> write)
    {
        var none = Samples.Document([.. _debian.Select(k => k with { Line = null })]);
        Assert.That(write(Samples.Document(_debian)), Is.EqualTo(write(none)));
    }

    private static IEnumerable<Func<RunDocument, string>> Reports =>
        [WrittenReport.Markdown, WrittenReport.Html, WrittenReport.Badge];

    private static string Written(params IReadOnlyList<KernelResult> kernels) =>
        WrittenReport.Markdown(Samples.Document([.. kernels.Order(KernelOrder.Instance)]));

    private static KernelResult On(string machine, KernelResult kernel) =>
        kernel with { Arch = machine, Id = $"{kernel.Id}-{machine}" };

    private static KernelResult Kernel(string? line, string version, CaseStatus one, string package = "1") =>
        Samples.Kernel(version, Samples.Case(One, one), Samples.Case(Two)) with
        {
            Line = line,
            Id = $"{line ?? "git"}-{version}-{package}",
        };
}
