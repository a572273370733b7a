using Microsoft.Playwright;

namespace Harness.Tests.Reports;

/// <summary>The page in a browser, Debian's Chromium: what a reader does with it.</summary>
[Category("Browser")]
public sealed class HtmlPageTests : BrowserTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    /// <summary>
    /// Filters answer within a frame or few; the limit is what nobody would call a wait, on a busy machine too.
    /// </summary>
    private const int NoticeableMilliseconds = 1000;

    /// <summary>Of text on a plain ground, by WCAG's formula; a ground of stripes is told by its signs.</summary>
    private const string LeastContrast = """
        () => {
          const light = css => {
            const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
            const [r, g, b] = css.match(/[\d.]+/g).slice(0, 3).map(v => linear(v / 255));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = e => {
            for (; e; e = e.parentElement) {
              const style = getComputedStyle(e);
              if (style.backgroundImage !== 'none') return null;
              if (!/, 0\)$|transparent/.test(style.backgroundColor)) return style.backgroundColor;
            }
            return 'rgb(255, 255, 255)';
          };
          let least = 21;
          for (const e of document.querySelectorAll('body *')) {
            const says = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
            const behind = says && e.checkVisibility() && !e.disabled ? ground(e) : null;
            if (!behind) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(behind)].sort((x, y) => y - x);
            least = Math.min(least, (a + 0.05) / (b + 0.05));
          }
          return least;
        }
        """;

    [TestCase("default-matrix")]
    [TestCase("two-files-that-are-no-kernels")]
    [TestCase("virtme-ng-1.22")]
    [TestCase("consoles")]
    [TestCase("everything")]
    [TestCase("hostile")]
    [TestCase("large")]
    [TestCase("nothing")]
    public async Task A_page_fits_a_telephone_in_both_orders_and_all_unfolded(string run)
    {
        await OpenAsync(run, width: 360);
        await RequireFitAsync();
        await Page.EvaluateAsync("for (const d of document.querySelectorAll('details')) d.open = true");
        await RequireFitAsync();
        if (!await Page.Locator("#explore").IsVisibleAsync())
        {
            return;
        }
        await Page.Locator(".grid .toggle").First.ClickAsync();
        await RequireFitAsync();
        await Page.Locator("[data-view=timeline]").ClickAsync();
        await Page.Locator(".line .toggle").First.ClickAsync();
        await Page.Locator(".line.case .toggle").First.ClickAsync();
        await RequireFitAsync();
    }

    [Test]
    public async Task A_kernels_row_opens_into_its_cases_with_cause_and_workaround()
    {
        await OpenAsync("default-matrix");
        var row = Page.Locator(".grid [data-kernel*='6.1.192'] .toggle");
        await row.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        Assert.That(await row.GetAttributeAsync("aria-expanded"), Is.EqualTo("true"));
        var panel = Page.Locator("#" + await row.GetAttributeAsync("aria-controls"));
        var failure = panel.Locator(".result")
            .Filter(new() { HasText = "rejected at update with EINVAL, wanted accepted" }).First;
        Assert.That(await failure.Locator("dt").AllInnerTextsAsync(),
            Is.SupersetOf(new[] { "cause", "workaround", "source" }));
        Assert.That(await panel.Locator("li code").AllTextContentsAsync(), Does.Contain(Case));
        Assert.That(await row.EvaluateAsync<bool>("e => e === document.activeElement"), Is.True,
            "the focus stays where it was");
        await Page.Keyboard.PressAsync("Enter");
        Assert.That(await panel.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Filters_leave_what_was_asked_for_and_are_kept_in_the_address()
    {
        await OpenAsync("default-matrix");
        var all = await CountAsync();
        foreach (
            var (field, value) in new[] { ("layer", "raw"), ("outer", "array_of_maps"), ("inner", "array"),
                ("typing", "struct → none"), ("status", "fail") })
        {
            await Page.Locator($"[name={field}]").SelectOptionAsync(value);
        }
        await Page.Locator("[name=text]").FillAsync("einval " + Case);
        var few = await CountAsync();
        Assert.That(few, Is.LessThan(all));
        Assert.That(await Page.Locator(".grid tbody tr").AllInnerTextsAsync(),
            Has.Count.EqualTo(1).And.All.Contain("6.1.192"));
        Assert.That(Uri.UnescapeDataString(Page.Url),
            Does.Contain("#layer=raw&outer=array_of_maps&inner=array&typing=struct+→+none&status=fail&text=einval+"
                + Case));
        var address = Page.Url;
        await Page.CloseAsync();
        await OpenAsync("default-matrix", address[address.IndexOf('#', StringComparison.Ordinal)..]);
        Assert.That(await CountAsync(), Is.EqualTo(few));
        Assert.That(await Page.Locator("[name=typing]").InputValueAsync(), Is.EqualTo("struct → none"));
        await Page.Locator("#clear").ClickAsync();
        Assert.That(await CountAsync(), Is.EqualTo(all));
        Assert.That(Page.Url, Does.Not.Contain("#"));
    }

    [TestCase("changes", 2)]
    [TestCase("unexpected", 1)]
    public async Task Cases_that_change_or_surprise_can_be_asked_for(string status, int kinds)
    {
        await OpenAsync("everything", $"#view=timeline&status={status}");
        Assert.That(await CountAsync(), Is.GreaterThan(0));
        foreach (var toggle in await Page.Locator(".line .toggle").AllAsync())
        {
            await toggle.ClickAsync();
        }
        foreach (var bar in await Page.Locator(".line.case .bar").AllAsync())
        {
            Assert.That((await bar.Locator(".segment:not(.none)").AllInnerTextsAsync()).Select(t => t[0]).Distinct()
                .Count(), Is.GreaterThanOrEqualTo(kinds));
        }
    }

    [Test]
    public async Task A_deep_link_shows_a_cases_timeline_and_why()
    {
        await OpenAsync("default-matrix", "#case=" + Case);
        var line = Page.Locator($".line.case[data-case='{Case}']");
        Assert.That(await line.Locator(".segment").AllInnerTextsAsync(),
            Is.EqualTo(new[] { "✓ 5.10.262", "✗ EINVAL 6.1.192", "✓ 6.12.43 – 7.3.4" }));
        Assert.That(
            await line.EvaluateAsync<bool>(
                "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"), Is.True,
                    "it is on the screen");
        Assert.That(await Page.Locator(".detail").InnerTextAsync(),
            Does.Contain("accepted 5.10.262 · rejected 6.1.192 · accepted 6.12.43 – 7.3.4").And.Contain(
                "workaround").And.Contain("timer_off"));
    }

    [Test]
    public async Task A_case_in_a_kernels_row_leads_to_its_timeline()
    {
        await OpenAsync("default-matrix", "#layer=raw&status=fail&open=debian-6.1.192-1-cloud-amd64");
        await Page.EvaluateAsync("for (const d of document.querySelectorAll('.panel details')) d.open = true");
        await Page.Locator(".panel li button").Filter(new() { HasText = Case }).First.ClickAsync();
        Assert.That(await Page.Locator(".detail").CountAsync(), Is.EqualTo(1));
        Assert.That(Page.Url, Does.Contain("view=timeline").And.Contain("case=" + Case));
    }

    [Test]
    public async Task An_address_of_another_run_is_no_error()
    {
        await OpenAsync("virtme-ng-1.22", "#layer=raw&case=raw.x&open=nobody&view=sideways");
        await OpenAsync("everything", "#layer=none&case=raw.x&open=nobody&view=sideways&status=%00");
        Assert.That(await CountAsync(), Is.EqualTo(6));
    }

    [Test]
    public async Task What_a_guest_said_is_text()
    {
        await OpenAsync("hostile", "#view=timeline");
        foreach (var toggle in await Page.Locator(".line .toggle").AllAsync())
        {
            await toggle.ClickAsync();
        }
        await Page.Locator("[data-view=kernels]").ClickAsync();
        await Page.Locator(".grid .toggle").First.ClickAsync();
        Assert.That(await Page.Locator("script").CountAsync(), Is.EqualTo(2));
        Assert.That(await Page.Locator("img, iframe, object, [onerror]").CountAsync(), Is.Zero);
        Assert.That(await Page.Locator("a[href]")
            .EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"),
            Has.All.Match("^((console|ktap)/[\\w.%~-]+|#[a-z0-9-]+|[a-z]+[.](md|json|xml|ktap|svg)"
                + "|https://git.kernel.org/linus/[0-9a-f]{12})$"));
    }

    [Test]
    public async Task Without_scripts_the_answer_is_there()
    {
        await OpenAsync("default-matrix", scripts: false);
        Assert.That(await Page.Locator(".answers").InnerTextAsync(), Does.Contain("rejected 6.1.192"));
        Assert.That(await Page.Locator("#explore").IsVisibleAsync(), Is.False);
        Assert.That(await Page.Locator("noscript").InnerTextAsync(), Does.Contain("JavaScript"));
    }

    [Test]
    public async Task A_filter_over_a_whole_nights_kernels_is_no_wait()
    {
        await OpenAsync("large");
        foreach (var view in new[] { "kernels", "timeline" })
        {
            var milliseconds = await Page.EvaluateAsync<double>($$"""
                () => {
                  document.querySelector('[data-view={{view}}]').click();
                  const field = document.querySelector('[name=text]');
                  const start = performance.now();
                  field.value = 'hash';
                  field.dispatchEvent(new Event('input', { bubbles: true }));
                  document.body.getBoundingClientRect();
                  return performance.now() - start;
                }
                """);
            TestContext.Out.WriteLine($"{view}: {milliseconds:0} ms");
            Assert.That(milliseconds, Is.LessThan(NoticeableMilliseconds));
        }
    }

    /// <summary>With SCREENSHOTS set to a directory, pictures are left there for somebody to look at.</summary>
    [Test]
    public async Task In_light_and_dark_a_page_can_be_read(
        [Values("everything", "default-matrix")] string run, [Values(360, 1600)] int width,
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme)
    {
        await OpenAsync(run, $"#view=timeline&open=raw.struct.none&case={Case}", width);
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        foreach (var view in new[] { "kernels", "timeline" })
        {
            await Page.Locator($"[data-view={view}]").ClickAsync();
            if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } directory)
            {
                await Page.ScreenshotAsync(
                    new() { Path = Path.Combine(directory, $"{run}-{view}-{width}-{scheme}.png"), FullPage = true });
            }
            // WCAG 2: the contrast of text that is not large is at least 4.5.
            Assert.That(await Page.EvaluateAsync<double>(LeastContrast), Is.GreaterThanOrEqualTo(4.5));
        }
    }

    private async Task<int> CountAsync() =>
        int.Parse((await Page.Locator("#count").InnerTextAsync()).Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture);

    private async Task RequireFitAsync() =>
        Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"),
            Is.LessThanOrEqualTo(0));
}
