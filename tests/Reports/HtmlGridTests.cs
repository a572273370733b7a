using System.Text.RegularExpressions;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;
using Microsoft.Playwright;

namespace Harness.Tests.Reports;

/// <summary>The grid of all results, its cells and the timelines, in a browser.</summary>
[Category("Browser")]
public sealed partial class HtmlGridTests : BrowserTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";
    private const string Kernel = "debian-6.1.192-1-cloud-amd64";

    /// <summary>
    /// Of a page with all rows of 22 kernels and 2,111 cases open: 46,442 verdicts, which are some 90 different answers
    /// a kernel. With a list of all cases in each row there were 108,559, of 1,425 cases.
    /// </summary>
    private const int MostElements = 55_000;

    /// <summary>Counts how often the view is drawn anew.</summary>
    private const string CountDraws = """
        () => {
          window.draws = 0;
          new MutationObserver(all => {
            window.draws += all.filter(m => [...m.addedNodes].some(n => n.nodeType === Node.ELEMENT_NODE)).length;
          }).observe(document.getElementById('view'), { childList: true });
        }
        """;

    [Test]
    public async Task A_cell_says_its_errno()
    {
        await OpenAsync("default-matrix");
        var cells = Page.Locator($".grid [data-kernel='{Kernel}'] td");
        Assert.That(await cells.First.InnerTextAsync(), Is.EqualTo("✗ EINVAL"));
        Assert.That(await cells.AllInnerTextsAsync(), Has.Some.EqualTo("✓"));
        await Page.CloseAsync();
        await OpenAsync("everything");
        Assert.That(await Page.Locator(".grid td.error").AllInnerTextsAsync(), Has.Some.EqualTo("! EPERM"));
        Assert.That(await Page.Locator(".verdicts td.error").AllTextContentsAsync(), Has.Some.EqualTo("! EPERM"));
    }

    [Test]
    public async Task A_cell_opens_into_its_cases_with_step_errno_cause_expectation_and_evidence()
    {
        await OpenAsync("default-matrix");
        var cell = Page.Locator($".grid [data-kernel='{Kernel}'] button.cell").First;
        await Page.EvaluateAsync(CountDraws);
        await cell.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        Assert.That(await cell.GetAttributeAsync("aria-expanded"), Is.EqualTo("true"));
        var panel = Page.Locator("#" + await cell.GetAttributeAsync("aria-controls"));
        Assert.That(await panel.InnerTextAsync(),
            Does.Contain("6.1.192, layer raw: struct → none").And.Contain("rejected at update with EINVAL")
                .And.Contain("timer_off").And.Contain("fail: as expected").And.Contain(Case));
        Assert.That(await panel.Locator("a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"),
            Is.EqualTo(new[]
            {
                $"console/{Kernel}.log", $"ktap/{Kernel}.ktap", "https://git.kernel.org/linus/68134668c17f",
                "https://git.kernel.org/linus/db559117828d", "https://github.com/libbpf/libbpf/issues/816",
            }));
        Assert.That(Page.Url, Does.EndWith($"#cell={Kernel}%2Fraw.struct.none"));
        Assert.That(await cell.EvaluateAsync<bool>("e => e === document.activeElement"), Is.True);
        Assert.That(await Page.EvaluateAsync<int>("window.draws"), Is.Zero, "nothing else is drawn");
        await Page.ReloadAsync();
        Assert.That(await panel.CountAsync(), Is.EqualTo(1), "the address keeps what is open");
        await cell.ClickAsync();
        Assert.That(await panel.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task A_failing_cell_opens_into_what_was_said_line_for_line_and_as_text()
    {
        await OpenAsync("everything");
        await Page.Locator($".grid [data-kernel='{Kernel}'] button.cell").EvaluateAllAsync<object?>(
            "cells => cells.forEach(c => c.click())");
        var evidence = Page.Locator("#view dd pre").First;
        Assert.That((await evidence.TextContentAsync())!.Split('\n'), Has.Length.EqualTo(5)
            .And.Member("\tR1 invalid mem access").And.Some.StartsWith("<script>alert(1)</script>"));
        Assert.That(await Page.Locator("details.quote pre").First.TextContentAsync(),
            Is.EqualTo(await evidence.TextContentAsync()));
    }

    [Test]
    public async Task Arrow_keys_move_among_cells_which_are_one_stop_of_the_tab_key()
    {
        await OpenAsync("default-matrix");
        Assert.That(await Page.Locator("button.cell:not([tabindex='-1'])").CountAsync(), Is.EqualTo(1));
        await Page.Locator("button.cell").First.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("ArrowRight");
        Assert.That(await Page.EvaluateAsync<string>("""
            (cell => cell.parentElement.dataset.kernel + ' ' + cell.cellIndex)(document.activeElement.parentElement)
            """), Is.EqualTo(Kernel + " 2"));
        Assert.That(await Page.Locator("button.cell[tabindex='0']").EvaluateAsync<bool>(
            "e => e === document.activeElement"), Is.True);
        await Page.Keyboard.PressAsync("ArrowUp");
        await Page.Keyboard.PressAsync("ArrowUp");
        Assert.That(await Page.EvaluateAsync<string>("document.activeElement.className"), Is.EqualTo("cell"),
            "above the first row there is none");
    }

    [Test]
    public async Task The_grid_of_the_default_matrix_fits_a_screen_and_its_layers_unfold()
    {
        await OpenAsync("whole-matrix", width: 1600);
        const string Overhang =
            "document.querySelector('.grid').scrollWidth - document.querySelector('#view').clientWidth";
        Assert.That(await Page.EvaluateAsync<int>(Overhang), Is.LessThanOrEqualTo(0));
        Assert.That(await Page.Locator("[data-layer]").AllInnerTextsAsync(),
            Is.EqualTo(new[] { "layer raw", "layer libbpf" }));
        var folded = Page.Locator("[data-layer=libbpf] .toggle");
        Assert.That(await folded.GetAttributeAsync("aria-expanded"), Is.EqualTo("false"));
        var columns = await Page.Locator("th.question").CountAsync();
        await folded.ClickAsync();
        Assert.That(await Page.Locator("th.question").CountAsync(), Is.GreaterThan(columns));
        Assert.That(await folded.EvaluateAsync<bool>("e => e === document.activeElement"), Is.True);
        Assert.That(Uri.UnescapeDataString(Page.Url), Does.EndWith("#layers=raw,libbpf"));
        await Page.Locator("[data-layer=raw] .toggle").ClickAsync();
        await Page.Locator($".grid [data-kernel*='6.1'] button.cell").First.ClickAsync();
        await Page.Locator("[data-layer=libbpf] .toggle").ClickAsync();
        Assert.That(await Page.Locator("th.question").AllInnerTextsAsync(), Has.All.EqualTo("all questions"));
        Assert.That(await Page.EvaluateAsync<int>(Overhang), Is.LessThanOrEqualTo(0), "an open cell is no wider");
    }

    [TestCase("kernels")]
    [TestCase("timeline")]
    public async Task All_rows_open_at_once_in_one_drawing(string view)
    {
        await OpenAsync("whole-matrix", "#view=" + view);
        await Page.EvaluateAsync(CountDraws);
        await Page.Locator("#open-all").ClickAsync();
        Assert.That(await Page.EvaluateAsync<int>("window.draws"), Is.EqualTo(1));
        Assert.That(await Page.Locator("#view .toggle[aria-expanded=false]").CountAsync(),
            view == "kernels" ? Is.EqualTo(1) : Is.EqualTo(2111), "the folded layer, or the cases");
        Assert.That(await Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), Is.LessThan(MostElements));
        Assert.That(Page.Url, Does.EndWith("open=*"));
        await Page.Locator("#open-all").ClickAsync();
        Assert.That(await Page.EvaluateAsync<int>("window.draws"), Is.EqualTo(2));
        Assert.That(Page.Url, Does.Not.Contain("open"));
    }

    [TestCase("kernels", ".grid tbody .toggle")]
    [TestCase("timeline", ".line .toggle")]
    public async Task A_row_that_opens_draws_nothing_else(string view, string rows)
    {
        await OpenAsync("default-matrix", "#view=" + view);
        await Page.EvaluateAsync(CountDraws);
        var toggles = Page.Locator(rows);
        for (var i = 0; i < await toggles.CountAsync(); i++)
        {
            await toggles.Nth(i).ClickAsync();
        }
        Assert.That(await Page.Locator($"{rows}[aria-expanded=false]").CountAsync(), Is.Zero);
        Assert.That(await Page.EvaluateAsync<int>("window.draws"), Is.Zero);
    }

    [Test]
    public async Task A_list_of_cases_is_made_when_it_is_opened()
    {
        await OpenAsync("whole-matrix", "#open=*");
        var lists = Page.Locator(".panel details");
        var folded = await lists.EvaluateAllAsync<int>("all => all.findIndex(e => !e.open)");
        Assert.That(await lists.Nth(folded).Locator("li").CountAsync(), Is.Zero);
        await lists.Nth(folded).Locator("summary").ClickAsync();
        await Assertions.Expect(lists.Nth(folded).Locator("li").First).ToBeVisibleAsync();
    }

    [Test]
    public async Task Where_a_timeline_breaks_it_says_why()
    {
        await OpenAsync("everything", "#case=" + Case);
        var gaps = Page.Locator($".line.case[data-case='{Case}'] .segment.none");
        Assert.That(await gaps.First.InnerTextAsync(), Is.EqualTo("boot failed, boot timeout"));
        Assert.That(await gaps.First.GetAttributeAsync("aria-label"),
            Does.Contain("Kernel panic - not syncing: VFS: Unable to mount root fs"));
        Assert.That(await Page.Locator(".detail").InnerTextAsync(),
            Does.Contain("not measured on 6 kernels").And.Contain("mine, not run: interrupted"));
        Assert.That(await Page.Locator(".detail .gaps a").First.GetAttributeAsync("href"),
            Is.EqualTo("console/debian-6.16.3-1-cloud-amd64.log"));
    }

    [TestCase("default-matrix")]
    [TestCase("everything")]
    [TestCase("consoles")]
    public async Task The_page_has_every_section_of_the_text_report(string run)
    {
        await OpenAsync(run, scripts: false);
        var document = run == "everything" ? WholeRun.Document() : CapturedRuns.All[run]();
        var sections = Heading().Matches(WrittenReport.Markdown(document))
            .Select(m => m.Groups[1].Value.Replace("`", "", StringComparison.Ordinal)).ToList();
        Assert.That(sections, Does.Contain("Failures").And.Contain("What changes from kernel to kernel"));
        Assert.That((await Page.Locator("h2").AllInnerTextsAsync()).Select(t => t.Trim()), Is.SupersetOf(sections));
        Assert.That(await Page.Locator("#section-failures + ul").InnerTextAsync(), Does.Contain("wanted accepted"));
    }

    [Test]
    public async Task Regions_have_a_name_each()
    {
        await OpenAsync("default-matrix");
        var names = await Page.Locator("section[aria-label]")
            .EvaluateAllAsync<string[]>("all => all.map(e => e.getAttribute('aria-label'))");
        Assert.That(names, Has.Length.GreaterThan(4).And.Unique);
    }

    [Test]
    public async Task The_page_leads_to_the_files_beside_it()
    {
        await OpenAsync("default-matrix");
        Assert.That(await Page.Locator("nav.files a")
            .EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"),
            Is.EqualTo(ReportSet.All.Select(f => f.FileName).Where(name => name != "report.html")
                .Prepend(ResultsFile.Name)));
    }

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
