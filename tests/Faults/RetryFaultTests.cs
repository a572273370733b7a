using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Runs;

namespace Harness.Tests.Faults;

/// <summary>A failure on this side that passes: the run gets over it, and says so.</summary>
public sealed class RetryFaultTests : FaultTests
{
    [Test]
    public async Task A_QEMU_that_fails_once_costs_an_attempt_and_no_verdict()
    {
        var program = MachineList.Default.QemuProgram;
        var real = CommandExecution.Find(program);
        // QEMU may write nothing here: the script sees by what the harness keeps that it failed before.
        Lab.StandIn(program, $$"""
            [ "$*" = --version ] && exec "{{real}}" "$@"
            for evidence in "{{Lab.Run}}"/console/*.attempt-1.*; do
                [ -e "$evidence" ] && exec "{{real}}" "$@"
            done
            echo "{{program}}: cannot set up guest memory 'ram': Cannot allocate memory" >&2
            exit 1
            """);
        var run = await Lab.RunAsync("", "--jobs", "1");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
        var rows = run.Document.Kernels.Where(row => row.Retries is not null).ToList();
        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(rows[0].Attempts, Is.EqualTo(2));
        Assert.That(rows[0].Retries!.Select(r => (r.Stage, r.Attempt)), Is.EqualTo(new[] { (RetryStage.Boot, 1) }));
        Assert.That(rows[0].Retries![0].Reason, Does.Contain("cannot set up guest memory"));
        AssertRestIsClean(run with { Document = WithoutRetries(run.Document) });
        Assert.That(Journal.Read(run.Directory).Kernels.Count(row => row.Retries is not null), Is.EqualTo(1));
        var log = await File.ReadAllTextAsync(Path.Combine(run.Directory, RunDirectory.LogName));
        Assert.That(log, Does.Contain("attempt 1 failed, again in").And.Contain("cannot set up guest memory"));
    }

    private static RunDocument WithoutRetries(RunDocument document) => document with
    {
        Kernels = [.. document.Kernels.Select(row => row.Retries is null ? row : row with
        {
            Retries = null,
            Attempts = 1,
            BootedPlain = false,
            BootedUnpacked = true,
        })],
    };
}
