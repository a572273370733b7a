using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>A page's tables come from a run, and nothing else of the page changes.</summary>
public sealed class MarkedPagesTests
{
    private const string Marker = "<!-- verdicts: raw.*.array.struct.none raw.array_of_maps.array.none.none.* -->";

    private TemporaryDirectory _directory = null!;
    private TestTerminal _terminal = null!;

    [SetUp]
    public void MakeRun()
    {
        _directory = new TemporaryDirectory();
        _terminal = new TestTerminal();
        ResultsFile.Write(_directory[ResultsFile.Name], Samples.Document(
            Kernel("5.10.262", CaseStatus.Pass), Kernel("6.1.192", CaseStatus.Fail),
            Kernel("6.12.43", CaseStatus.Pass)));
    }

    [TearDown]
    public void RemoveRun() => _directory.Dispose();

    [Test]
    public async Task What_stands_between_the_markers_is_replaced_by_the_verdicts()
    {
        var page = _directory.Write(
            "page.md", $"# A\r\n\nBefore.\n\n{Marker}\nold\n\nolder\n<!-- end -->\nAfter, without an end");
        const string Measured =
            "✓ accepted 5.10.262; ✗ rejected 6.1.192 at update with EINVAL; ✓ accepted 6.12.43";
        const string Refused = "✓ rejected 5.10.262 – 6.12.43 at update with EINVAL";
        Assert.That(await UpdateAsync(page), Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        Assert.That(_terminal.Output, Is.EqualTo(page + "\n"));
        Assert.That(await File.ReadAllTextAsync(page), Is.EqualTo($$"""
            # A{{"\r"}}

            Before.

            {{Marker}}

            Measured on 31 January 2026 (3 kernels, 5.10.262 to 6.12.43):

            | case | wanted | measured |
            |---|---|---|
            | `raw.{array_of_maps,hash_of_maps}.array.struct.none` | accepted | {{Measured}} |
            | `raw.array_of_maps.array.none.none.max_entries` | rejected | {{Refused}} |

            <!-- end -->
            After, without an end
            """));
        Assert.That(Directory.GetFiles(_directory.Path), Has.Length.EqualTo(2), "no report, and nothing temporary");
    }

    [Test]
    public async Task A_second_writing_changes_nothing()
    {
        var page = _directory.Write("page.md", $"{Marker}\n<!-- end -->\n");
        await UpdateAsync(page);
        var (text, time) = (await File.ReadAllTextAsync(page), File.GetLastWriteTimeUtc(page));
        Assert.That(text, Does.Contain("| measured |"));
        var first = _terminal.Output;
        Assert.That(await UpdateAsync(page), Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(await File.ReadAllTextAsync(page), Is.EqualTo(text));
        Assert.That(File.GetLastWriteTimeUtc(page), Is.EqualTo(time));
        Assert.That(_terminal.Output, Is.EqualTo(first), "it was not written");
    }

    [TestCase("<!-- verdicts: raw.absent* -->\n<!-- end -->", 1, "'raw.absent*' is no case of the run")]
    [TestCase("a\n<!-- verdicts: raw.* raw.absent -->\n<!-- end -->", 2, "'raw.absent' is no case of the run")]
    [TestCase("<!-- verdicts: raw.{a -->\n<!-- end -->", 1, "raw.{a")]
    [TestCase("<!-- verdicts: -->\n<!-- end -->", 1, "the marker names no cases")]
    [TestCase("<!-- verdicts: raw.*\n-->\n<!-- end -->", 1, "the marker does not end on its line")]
    [TestCase("\n<!-- verdicts: raw.* -->\n", 2, "the marker is not closed")]
    [TestCase("<!-- verdicts: raw.* -->\n<!-- verdicts: raw.* -->\n<!-- end -->", 1, "the marker is not closed")]
    [TestCase("<!-- verdicts: raw.* -->\n```\n<!-- end -->\n```", 1, "the marker is not closed")]
    [TestCase("<!-- end -->", 1, "<!-- end --> closes no marker")]
    public async Task A_wrong_marker_is_an_error_with_its_place_and_no_page_is_written(
        string text, int line, string what)
    {
        var right = _directory.Write("right.md", $"{Marker}\n<!-- end -->\n");
        var wrong = _directory.Write("wrong.md", text);
        Assert.That(await UpdateAsync(right, wrong), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain($"{wrong}:{line}: ").And.Contain(what));
        Assert.That(await File.ReadAllTextAsync(right), Is.EqualTo($"{Marker}\n<!-- end -->\n"));
        Assert.That(await File.ReadAllTextAsync(wrong), Is.EqualTo(text));
    }

    [Test]
    public async Task Cases_that_take_much_room_are_named_by_their_pattern_where_they_went_alike()
    {
        string[] variants =
        [
            "key_btf", "name", "frozen_template", "frozen_candidate", "mmapable_both", "numa_node_both",
            "rounded_entries",
        ];
        ResultsFile.Write(_directory[ResultsFile.Name], Samples.Document(Samples.Kernel("6.1.192",
            [.. variants.Select(v => Samples.Case($"raw.array_of_maps.array.none.none.{v}"))])));
        var page = _directory.Write("page.md", """
            <!-- verdicts: raw.*.none.none.frozen_* raw.*.none.none.* -->
            <!-- end -->
            <!-- verdicts: raw.*.none.none.* -->
            <!-- end -->
            """);
        Assert.That(await UpdateAsync(page), Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        var lines = await File.ReadAllLinesAsync(page);
        Assert.That(lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)), Is.EqualTo(
            new[]
            {
                "| `raw.array_of_maps.array.none.none.{frozen_candidate,frozen_template}` | accepted |"
                    + " ✓ accepted 6.1.192 |",
                "| `raw.array_of_maps.array.none.none.{key_btf,mmapable_both,name,numa_node_both,rounded_entries}` |"
                    + " accepted | ✓ accepted 6.1.192 |",
                "| `raw.*.none.none.*` (7 cases) | accepted | ✓ accepted 6.1.192 |",
            }));
    }

    [Test]
    public async Task A_page_that_is_no_page_is_named()
    {
        var bare = _directory.Write("bare.md", "# No marker\n```\n<!-- verdicts: raw.* -->\n<!-- end -->\n```\n");
        var bytes = _directory["bytes.md"];
        await File.WriteAllBytesAsync(bytes, [0xff, 0xfe, 0x0a]);
        Assert.That(await UpdateAsync(bare, bytes, _directory["absent.md"]), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain($"{bare}: has no line").And.Contain($"{bytes}: is no text in UTF-8")
            .And.Contain($"{_directory["absent.md"]}: no such file"));
    }

    [Test]
    public async Task Pages_are_written_in_place_of_reports()
    {
        var page = _directory.Write("page.md", $"{Marker}\n<!-- end -->\n");
        Assert.That(await _terminal.RunAsync("report", _directory.Path, "--update", page, "--format", "md"),
            Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain("--update").And.Contain("--format"));
    }

    /// <param name="ofStructs">What a struct against no type comes to.</param>
    private static KernelResult Kernel(string version, CaseStatus ofStructs) => Samples.Kernel(version,
        Samples.Case("raw.array_of_maps.array.none.none.max_entries", CaseStatus.Pass, Outcome.Reject),
        Samples.Case("raw.array_of_maps.array.struct.none", ofStructs),
        Samples.Case("raw.hash_of_maps.array.struct.none", ofStructs));

    private Task<int> UpdateAsync(params string[] pages) =>
        _terminal.RunAsync(["report", _directory.Path, .. pages.SelectMany(page => new[] { "--update", page })]);
}
