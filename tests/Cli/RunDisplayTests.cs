using Harness.Analysis;
using Harness.Cli;
using Harness.Kernels;
using Harness.Machines;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>What a run shows where nobody watches: a line for each thing that happened, then the summary.</summary>
public sealed class RunDisplayTests
{
    private static readonly Kernel _first = new("debian-5.10.218-1", KernelVersion.Parse("5.10.218"), "x86_64",
        "debian", new FixedSource(new ImageResult.Unavailable("")));

    [Test]
    public async Task Events_are_lines()
    {
        var terminal = new TestTerminal();
        await using (var display = RunDisplay.For(terminal.Terminal))
        {
            var second = _first with { Id = "debian-5.10.262-1" };
            RunEvent[] events =
            [
                new RunEvent.Started([_first, second], [Samples.Kernel("6.1.5")], 6, 2, "/results/1"),
                new RunEvent.Noted("suite sid: its index is old"),
                new RunEvent.Downloading(_first.Id, 5, 10),
                new RunEvent.ImageReady(second.Id, FromCache: true),
                new RunEvent.ProvingKvm(second.Id),
                new RunEvent.AcceleratorChosen(Accelerator.Tcg, "/dev/kvm opens, but nothing boots"),
                new RunEvent.Booting(second.Id, 1),
                new RunEvent.StandIn(_first with { Id = "debian-5.10.220-1" }, _first.Id),
                new RunEvent.Finished(Samples.Untested("5.10.218", KernelStatus.Unavailable, "404",
                    asExpected: true) with { Id = _first.Id, Seconds = 0 }),
                new RunEvent.Booting(second.Id, 2),
                new RunEvent.Finished(WholeRun.Document().Kernels[1] with { Id = second.Id }),
                new RunEvent.ImageReady("debian-5.10.220-1", FromCache: false),
                new RunEvent.Finished(Samples.Untested("5.10.220", KernelStatus.BootTimeout,
                    "no sign of the prober") with { Id = "debian-5.10.220-1", Seconds = 90.04 }),
            ];
            foreach (var happened in events)
            {
                display.Take(happened);
            }
        }
        Golden.Matches("run-display.txt", terminal.Output);
    }

    [Test]
    public void The_summary_answers_and_says_where_to_go_on()
    {
        var terminal = new TestTerminal();
        RunSummary.Write(terminal.Terminal, new RunStory(WholeRun.Document(), Samples.Probes), "/results/1",
            ["/results/1/report.md"]);
        Assert.That(terminal.Output.Where(c => char.IsControl(c) && c is not ('\n' or '\t')), Is.Empty,
            "a guest's words cannot steer the terminal");
        Golden.Matches("run-summary.txt", terminal.Output);
    }

    [Test]
    public void A_run_in_which_all_is_well_ends_shortly()
    {
        var terminal = new TestTerminal();
        RunSummary.Write(terminal.Terminal,
            new RunStory(
                Samples.Document(Samples.Kernel("6.12.43", Samples.Case("raw.array_of_maps.array.struct.none"))),
                Samples.Probes), "/results/1", []);
        Assert.That(terminal.Output,
            Does.EndWith("Every result is as expected.\n").And.Contain("6.12.43").And.Not.Contain("Interrupted"));
    }
}
