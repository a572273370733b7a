using Harness.Analysis;
using Harness.Cli;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class RunSummaryTests
{
    [TestCase(80)]
    [TestCase(200)]
    public void The_summary_of_the_default_matrix_is_legible(int columns)
    {
        var terminal = new TestTerminal(columns);
        RunSummary.Write(terminal.Terminal, new RunStory(CapturedRuns.WholeMatrix(), Samples.Probes),
            "/results/1", ["/results/1/report.md"]);
        Golden.Matches($"screens/default-matrix-{columns}.txt", terminal.Output);
    }

    [Test]
    public void The_summary_of_a_run_tells_what_changed_since_its_baseline()
    {
        var terminal = new TestTerminal();
        RunSummary.Write(terminal.Terminal, new RunStory(ChangedRun.Newer(), Samples.Probes), "/results/1", []);
        Assert.That(terminal.Output,
            Does.Contain("20260130-235959 → 20260131-235959: 7 kernels").And.Contain("New failures (3 verdicts):"));
    }
}
