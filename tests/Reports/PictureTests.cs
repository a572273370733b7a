using System.Buffers.Binary;
using Harness.Kernels;
using Harness.Results;
using Harness.Site;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>
/// The pictures of docs/ show what the pages look like now. <c>make screenshots</c> takes them anew, in headless
/// Chromium and from the captured run of the default matrix, so that only a change of a page changes its picture.
/// </summary>
[Category("Browser")]
public sealed class PictureTests : BrowserTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";
    private const string Cell = "#layers=raw&cell=debian-6.1.192-1-cloud-amd64/raw.struct.none";
    private const int Width = 1200;

    /// <summary>Where a PNG's width and height stand, each of four bytes (PNG specification, 11.2.2).</summary>
    private const int PngSize = 16;

    private static readonly string _docs = Path.Combine(Repository.Find().Path, "docs");

    private readonly TemporaryDirectory _results = new();
    private readonly TemporaryDirectory _site = new();

    private static bool TakesAnew => Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1";

    /// <summary>Not in the test: Chromium asks for a page's icon when the page is there already.</summary>
    [OneTimeTearDown]
    public void RemoveSite()
    {
        _results.Dispose();
        _site.Dispose();
    }

    [TestCase("report.png", "", "h1", 880)]
    [TestCase("report-grid.png", Cell, "#explore-title", 1130)]
    [TestCase("report-timeline.png", "#case=" + Case, "#explore-title", 850)]
    public async Task A_picture_of_the_report(string picture, string address, string begin, int height)
    {
        await OpenAsync(TakesAnew ? "whole-matrix" : "nothing", address, Width);
        await PictureAsync(picture, begin, height);
    }

    [Test]
    public async Task A_picture_of_the_site()
    {
        foreach (var day in TakesAnew ? new[] { 28, 29, 30 } : [30])
        {
            var document = TakesAnew ? CapturedRuns.WholeMatrix()
                : Samples.Document(Samples.Untested("6.1.5", KernelStatus.InfraError, "no memory"));
            var start = new DateTimeOffset(2026, 1, day, 2, 0, 0, TimeSpan.Zero);
            var run = document.Run with { Id = $"202601{day}-020000", StartedAt = start };
            _results.Write($"{run.Id}/report.html", "");
            ResultsFile.Write(_results[$"{run.Id}/{ResultsFile.Name}"], document with { Run = run });
            _results.Write($"{run.Id}/badge.svg", WrittenReport.Badge(document));
        }
        new SitePublisher(_results.Path, _site.Path, Samples.Probes, KernelSources.Default.PlaceOf)
            .Publish(null, int.MaxValue, 300);
        await OpenFileAsync(_site["index.html"], width: Width);
        await PictureAsync("site.png", "h1", 700);
    }

    private async Task PictureAsync(string picture, string begin, int height)
    {
        var path = Path.Combine(_docs, picture);
        if (TakesAnew)
        {
            await Page.SetViewportSizeAsync(Width, height);
            await Page.EvaluateAsync("document.activeElement.blur()");
            await Page.Locator(begin).First
                .EvaluateAsync("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 16)");
            await Page.ScreenshotAsync(new() { Path = path });
        }
        Assert.That(path, Does.Exist, "make screenshots takes it");
        var bytes = File.ReadAllBytes(path).AsSpan(PngSize);
        Assert.That((BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..])),
            Is.EqualTo((Width, height)));
        Assert.That(File.ReadAllText(Path.Combine(_docs, "outputs.md")), Does.Contain($"]({picture})"));
    }
}
