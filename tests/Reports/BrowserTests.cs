using Harness.Results;
using Harness.Tests.Support;
using Microsoft.Playwright;

namespace Harness.Tests.Reports;

/// <summary>Opens reports in a browser, Debian's Chromium. None may complain, or ask anybody for anything.</summary>
[Category("Browser")]
public abstract class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly Dictionary<string, Func<RunDocument>> _runs = new(CapturedRuns.All)
    {
        ["everything"] = WholeRun.Document,
        ["hostile"] = () => HostileTextTests.Hostile(),
        ["whole-matrix"] = CapturedRuns.WholeMatrix,
        ["large"] = () => LargeRun.Document(80, 1425),
        ["nothing"] = () => Samples.Document(Samples.Untested("6.1.5", KernelStatus.InfraError, "no memory")),
    };

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    private protected IPage Page { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        if (!File.Exists(Chromium))
        {
            Assert.Ignore("no chromium here; scripts/setup --tests installs it");
        }
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium });
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
        _playwright?.Dispose();
        _directory.Dispose();
    }

    [SetUp]
    public void Forget()
    {
        _complaints.Clear();
        _requests.Clear();
    }

    [TearDown]
    public async Task Nothing_was_complained_of_and_nobody_was_asked()
    {
        await Page.CloseAsync();
        Assert.That(_complaints, Is.Empty);
        Assert.That(_requests, Has.All.Match("^(file://.*[.](html|ico|svg)|data:,)"));
    }

    private protected async Task OpenAsync(string run, string address = "", int width = 1280, bool scripts = true)
    {
        if (!File.Exists(_directory[run + ".html"]))
        {
            _directory.Write(run + ".html", WrittenReport.Html(_runs[run]()));
        }
        await OpenFileAsync(_directory[run + ".html"], address, width, scripts);
    }

    private protected async Task OpenFileAsync(
        string file, string address = "", int width = 1280, bool scripts = true)
    {
        Page = await _browser.NewPageAsync(
            new() { ViewportSize = new() { Width = width, Height = 800 }, JavaScriptEnabled = scripts });
        Page.Console += (_, message) => _complaints.Add(message.Text);
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Dialog += (_, dialog) => _complaints.Add(dialog.Message);
        Page.Request += (_, request) => _requests.Add(request.Url);
        await Page.GotoAsync($"file://{file}{address}");
    }
}
