using System.Text.Json;
using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>
/// Standard output and standard error that fail. What was measured is in files, whatever a terminal does.
/// </summary>
public sealed class SinkFaultTests : FaultTests
{
    [TestCase(">/dev/full")]
    [TestCase(">&- 2>&-")]
    [Category(FaultSuite.InCi)]
    public async Task A_run_whose_output_cannot_be_written_keeps_its_results(string redirection)
    {
        var run = await Lab.RunInAsync($"\"$@\" <&- {redirection}");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected));
        AssertRestIsClean(run);
        if (!redirection.Contains("2>", StringComparison.Ordinal))
        {
            Assert.That(run.Result.StandardError, Does.Contain("standard output cannot be written"));
        }
        // A closed descriptor's number goes to the next file that is opened.
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(run.Directory, Journal.Name)))
        {
            Assert.That(() => JsonDocument.Parse(line), Throws.Nothing);
        }
    }

    [TestCase(">/dev/full", "standard output cannot be written")]
    [TestCase(">&-", "standard output cannot be written")]
    [TestCase(">/dev/full 2>/dev/full", "")]
    public async Task A_verb_whose_answer_cannot_be_written_fails(string redirection, string said)
    {
        var run = await Lab.RunAsync(Lab.Shell($"\"$@\" {redirection}", Lab.Harness("probes")));
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable));
        Assert.That(run.Result.StandardError, Does.Contain(said));
    }
}
