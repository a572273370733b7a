using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>The manual pages, which are made from the texts of the help.</summary>
public sealed class ManPageTests
{
    private TemporaryDirectory _directory = null!;

    [OneTimeSetUp]
    public async Task Write_the_pages()
    {
        _directory = new TemporaryDirectory();
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("man", _directory.Path), Is.Zero, terminal.Error);
    }

    [OneTimeTearDown]
    public void Remove_them() => _directory.Dispose();

    [Test]
    public async Task Every_verb_that_the_help_lists_has_a_page_with_all_its_options()
    {
        var help = new TestTerminal();
        await help.RunAsync("--help");
        var list = help.Output.Split("Commands:\n")[1].TrimEnd();
        var verbs = list.Split('\n').Select(line => line.Split(' ')[2]).Except(["cluster"])
            .Concat(["cluster slurm run", "cluster slurm attach", "cluster slurm cancel"]).ToList();
        Assert.That(Directory.GetFiles(_directory.Path).Select(Path.GetFileName),
            Is.EquivalentTo(verbs.Select(verb => $"{Page(verb)}.1").Append("harness.1")));
        foreach (var verb in verbs)
        {
            var text = new TestTerminal();
            await text.RunAsync([.. verb.Split(' '), "--help"]);
            var page = await File.ReadAllTextAsync(_directory[$"{Page(verb)}.1"]);
            var options = text.Output.Split("Options:\n")[1].Split('\n')
                .Where(line => line.StartsWith("  -", StringComparison.Ordinal))
                .Select(line => line.Split(' ', ',').First(word => word.StartsWith("--", StringComparison.Ordinal)))
                .Select(option => option.Replace("-", "\\-", StringComparison.Ordinal));
            Assert.That(options.Where(option => !page.Contains(option, StringComparison.Ordinal)), Is.Empty, verb);
        }
    }

    [Test]
    public async Task Man_formats_them_without_a_warning()
    {
        Require("man");
        foreach (var page in Directory.GetFiles(_directory.Path))
        {
            var result = await new Command("man").WithArguments(["--warnings", "-E", "UTF-8", "-l", page])
                .WithEnvironmentVariable("MANWIDTH", "80").TryRunAsync(CancellationToken.None);
            Assert.That((result.ExitCode, result.StandardError), Is.EqualTo((0, "")), result.Describe());
            Assert.That(result.StandardOutput, Does.Contain("NAME").And.Contain("SYNOPSIS").And.Contain("OPTIONS"));
        }
    }

    [Test]
    public async Task Mandoc_finds_no_fault()
    {
        Require("mandoc");
        var result = await new Command("mandoc")
            .WithArguments(["-Tlint", "-W", "warning", .. Directory.GetFiles(_directory.Path)])
            .TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardOutput + result.StandardError), Is.EqualTo((0, "")));
    }

    [TestCase("0", 0, "1970-01-01")]
    [TestCase("1767225600", 0, "2026-01-01")]
    [TestCase("today", ExitCodes.Usage, null)]
    public async Task A_build_that_is_to_be_repeated_says_the_date(string seconds, int exitCode, string? date)
    {
        using var pages = new TemporaryDirectory();
        var result = await RealRun.Harness("man", pages.Path).WithEnvironmentVariable("SOURCE_DATE_EPOCH", seconds)
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Describe());
        var heads = Directory.GetFiles(pages.Path).Select(page => File.ReadLines(page).First());
        Assert.That(heads, date is null ? Is.Empty : Is.Not.Empty.And.All.Contains($" 1 {date} "));
    }

    private static string Page(string verb) => $"harness-{verb.Replace(' ', '-')}";

    private static void Require(string program)
    {
        if (CommandExecution.Find(program) is null)
        {
            Assert.Ignore($"{program} is not installed");
        }
    }
}
