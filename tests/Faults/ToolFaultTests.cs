using CliWrap;
using Harness.Processes;
using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>Programs that the harness starts: they are missing, too old, end at once, or are ended by others.</summary>
public sealed class ToolFaultTests : FaultTests
{
    private const string Qemu = "qemu-system-x86_64";

    [TestCase("virtme-run")]
    [TestCase(Qemu)]
    public async Task Without_the_launcher_or_QEMU_nothing_is_begun(string program)
    {
        // All programs of this machine but one.
        await new Command("cp").WithArguments(["-rs", "/usr/bin/.", Lab["bin"]]).TryRunAsync(CancellationToken.None);
        File.Delete(Lab["bin", program]);
        Lab.Variables["PATH"] = $"{Lab["bin"]}:{Path.GetDirectoryName(CommandExecution.Find("dotnet"))}";
        if (File.Exists(Path.Combine(Path.GetDirectoryName(CommandExecution.Find("dotnet"))!, program)))
        {
            Lab.Variables["PATH"] = Lab["bin"];
        }
        var run = await Lab.RunAsync("");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.Usage), run.Result.Describe());
        Assert.That(run.Result.StandardError, Does.Contain($"{program} is not installed; run scripts/setup"));
        Assert.That(Lab.Run, Does.Not.Exist);
    }

    [Test]
    public async Task A_launcher_that_ends_at_once_makes_every_row_our_failure()
    {
        Lab.StandIn("virtme-run", "echo 'virtme-run: this Python is too old' >&2; exit 1");
        var run = await Lab.RunAsync("");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), run.Result.Describe());
        Assert.That(run.Document.Kernels.Select(kernel => (kernel.Status, kernel.Reason)),
            Is.All.EqualTo((KernelStatus.InfraError, "virtme-run: this Python is too old")));
    }

    [Test]
    [Category(FaultSuite.InCi)]
    public async Task A_QEMU_that_fails_is_our_failure_and_not_the_kernels()
    {
        var reasons = new Dictionary<string, string>
        {
            ["old"] = $"{Qemu}: unsupported machine type",
            ["killed"] = "ended by signal 9",
            ["absent"] = "exited with 127",
        };
        // QEMU gets its console as an open file, and not by its name.
        Lab.StandIn(Qemu, $"""
            files=$(/usr/bin/readlink /proc/$$/fd/*)
            case $files in
                *console/old.*) echo "{Qemu}: unsupported machine type" >&2; exit 1 ;;
                *console/killed.*) kill -KILL $$ ;;
                *console/absent.*) exit 127 ;;
            esac
            exec {CommandExecution.Find(Qemu)} "$@"
            """);
        var whole = await File.ReadAllBytesAsync(CleanKernels[0].Image);
        foreach (var id in reasons.Keys)
        {
            // Another image, so that nothing that is remembered of it touches the good one.
            await File.WriteAllBytesAsync(Lab[id], [.. whole, (byte)id[0]]);
        }
        var run = await Lab.RunAsync(string.Concat(reasons.Keys.Select(id => FaultLab.Image(id, Lab[id]))));
        foreach (var (id, reason) in reasons)
        {
            Assert.That(run.Row(id), Has.Property("Status").EqualTo(KernelStatus.InfraError)
                .And.Property("Reason").Contains(reason));
        }
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), run.Result.Describe());
        AssertRestIsClean(run, [.. reasons.Keys]);
    }
}
