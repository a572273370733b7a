using Harness.Tests.Support;

namespace Harness.Tests.Nights;

/// <summary>The verb <c>nightly</c>, which runs the other verbs in its own process.</summary>
public sealed class NightlyCommandTests
{
    [Test]
    public async Task A_matrix_that_cannot_be_read_ends_the_night_before_anything_is_run()
    {
        using var directory = new TemporaryDirectory();
        var matrix = directory.Write("matrix.yaml", "kernels: nonsense\n");
        var terminal = new TestTerminal();
        var exitCode = await terminal.RunAsync("nightly", "--kernels", matrix, "--results", directory["results"]);
        Assert.That(exitCode, Is.EqualTo(ExitCodes.Usage), terminal.Error);
        Assert.That(terminal.Output, Does.Match(@"^kernel harness, night \d{8}-\d{6}: nothing was run\n\nharness: "));
        Assert.That(terminal.Output, Does.Contain($"harness: {matrix}:1"));
        Assert.That(terminal.Error, Does.Contain($"harness: {matrix}:1"), "what the run says goes to standard error");
        var left = Directory.GetFileSystemEntries(directory["results"]).Select(Path.GetFileName);
        Assert.That(left, Is.EqualTo(new[] { ".nightly.lock" }));
    }

    [TestCase("--site-url", "kernels.example.org",
        "--site-url: 'kernels.example.org' is no address such as https://example.org/kernels")]
    [TestCase("--max-mb", "0", "--max-mb must be at least 1")]
    public async Task What_publishing_would_refuse_is_refused_before_anything_is_run(
        string option, string value, string problem)
    {
        using var directory = new TemporaryDirectory();
        var matrix = directory.Write("matrix.yaml", "kernels: nonsense\n");
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("nightly", "--kernels", matrix, "--results", directory["results"],
            option, value), Is.EqualTo(ExitCodes.Usage));
        Assert.That(terminal.Error, Is.EqualTo($"nightly: {problem}\n"));
    }

    [Test]
    public async Task Options_of_the_run_stand_behind_two_dashes()
    {
        using var directory = new TemporaryDirectory();
        var matrix = directory.Write("matrix.yaml", "kernels: nonsense\n");
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("nightly", "--kernels", matrix, "--locked"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(terminal.Error, Does.StartWith("nightly: '--locked' is no option of `harness nightly`"));
    }
}
