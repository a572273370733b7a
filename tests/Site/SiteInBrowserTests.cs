using System.Text.RegularExpressions;
using Harness.Kernels;
using Harness.Results;
using Harness.Site;
using Harness.Tests.History;
using Harness.Tests.Reports;
using Harness.Tests.Support;
using Microsoft.Playwright;

namespace Harness.Tests.Site;

/// <summary>The site in a browser: what a reader does with it.</summary>
[Category("Browser")]
public sealed class SiteInBrowserTests : BrowserTests
{
    /// <summary>The right edge of the status of each row of all tables, in pixels.</summary>
    private const string StatusEdges =
        "all => all.map(cell => cell.getBoundingClientRect().right)";

    /// <summary>In milliseconds: as long as the browser itself waits for a page.</summary>
    private const float Patience = 30_000;

    private readonly HistoryLab _lab = new();
    private readonly TemporaryDirectory _site = new();

    [OneTimeSetUp]
    public void PublishSite()
    {
        var reason = "Kernel panic - not syncing: " + new string('x', 90);
        var crashed = Samples.Untested("6.6.1", KernelStatus.Crashed, reason);
        foreach (var day in new[] { 1, 2 })
        {
            var document = HistoryLab.Night(day, HistoryLab.Kernel("6.1.5"), crashed);
            File.WriteAllText(Path.Combine(_lab.Write(document), "report.html"), WrittenReport.Html(document));
        }
        new SitePublisher(_lab.Results, _site.Path, Samples.Probes, KernelSources.Default.PlaceOf)
            .Publish(null, int.MaxValue, 300);
    }

    [OneTimeTearDown]
    public void RemoveSite()
    {
        _lab.Dispose();
        _site.Dispose();
    }

    [Test]
    public async Task The_permanent_address_keeps_what_stands_behind_the_number_sign()
    {
        const string Fragment = "#view=timeline&case=raw.array_of_maps.array.struct.none";
        await OpenFileAsync(_site["latest.html"], Fragment);
        await ComesToAsync("/runs/20260102-020000/report\\.html#view=timeline");
        // The report shows what was asked for.
        await Assertions.Expect(Page.Locator(".detail")).ToHaveCountAsync(1, new() { Timeout = Patience });
        await Page.GetByText("All runs").ClickAsync();
        await ComesToAsync("/index\\.html$");
    }

    [TestCase("index.html")]
    [TestCase("runs/20260102-020000/index.html")]
    public async Task On_a_telephone_the_status_is_on_the_screen(string page)
    {
        await OpenFileAsync(_site[page], width: 360);
        var edges = await Page.Locator("tbody td:first-child").EvaluateAllAsync<double[]>(StatusEdges);
        Assert.That(edges, Has.Length.EqualTo(2).And.All.LessThan(360));
        Assert.That(await Page.Locator("thead th").First.InnerTextAsync(), Is.EqualTo("status"));
        Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"),
            Is.LessThanOrEqualTo(0));
    }

    /// <summary>
    /// Asks for the address again and again. Page.WaitForURLAsync() misses a page's load event that comes while it
    /// begins to wait for it, and then waits in vain.
    /// </summary>
    private Task ComesToAsync(string pattern) =>
        Assertions.Expect(Page).ToHaveURLAsync(new Regex(pattern), new() { Timeout = Patience });
}
