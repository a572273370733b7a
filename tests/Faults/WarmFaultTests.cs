using System.Text;
using System.Text.Json.Nodes;
using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;

namespace Harness.Tests.Faults;

/// <summary>What goes wrong only with kernels that are saved and restored.</summary>
public sealed class WarmFaultTests : FaultTests
{
    private const string Qemu = "qemu-system-x86_64";

    private string[] Snapshots => Directory.GetDirectories(Path.Combine(Lab.Cache, "kernel-harness", "snapshots"));

    [Test]
    public async Task A_QEMU_that_has_no_guest_that_waits_boots_kernels_and_keeps_its_sandbox()
    {
        Lab.StandIn(Qemu, $"""
            case "$*" in
                *memory-backend-file*) echo "{Qemu}: seccomp: no such call" >&2; exit 1 ;;
            esac
            exec {CommandExecution.Find(Qemu)} "$@"
            """);
        var run = await Lab.RunAsync("", "--warm");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
        AssertRestIsClean(run);
        Assert.That(run.Document.Kernels.Select(k => (k.Waited, k.Attempts)), Is.All.EqualTo((false, 1)));
        Assert.That(run.Document.Run.Notes, Has.None.Contain("sandbox"));
    }

    [Test]
    public async Task What_a_kernel_does_that_was_restored_or_saved_is_checked_by_a_boot_and_both_are_in_its_row()
    {
        const string Crash = """
            int fd = open("/proc/sysrq-trigger", O_WRONLY);

            write(fd, "c", 1);
            """;
        var row = await ProgramAsync("unlike", $$"""if (waited()) { {{Crash}} }""");
        Assert.That((row.Status, row.Attempts, row.Warm, row.Waited),
            Is.EqualTo((KernelStatus.Tested, 2, false, false)), row.Reason);
        Assert.That(row.Retries!.Select(r => (r.Stage, r.Attempt)), Is.EqualTo(new[] { (RetryStage.Restore, 1) }));
        Assert.That(row.Retries![0].Reason, Does.StartWith("booted to be saved, it was crashed (")
            .And.EndsWith("); when it was booted, it was tested: its snapshot is removed"));
        var evidence = Path.Combine(Lab["unlike-run"], "console", $"{row.Id}.attempt-1.log");
        Assert.That(File.ReadAllText(evidence), Does.Contain("Kernel panic"));
        Assert.That(Snapshots.Select(snapshot => Directory.GetFiles(snapshot).Length), Is.EqualTo(new[] { 1 }));

        var again = await ProgramAsync("again", "");
        Assert.That((again.Status, again.Attempts, again.Warm, again.Waited),
            Is.EqualTo((KernelStatus.Tested, 1, false, false)), "for a week, it is booted");

        Directory.Delete(Snapshots.Single(), recursive: true);
        await ProgramAsync("saved", "");
        row = await ProgramAsync("like", Crash);
        Assert.That((row.Status, row.Attempts), Is.EqualTo((KernelStatus.Crashed, 2)), row.Reason);
        Assert.That(row.Retries!.Single().Reason, Does.StartWith("restored from a snapshot, it was crashed (")
            .And.EndsWith("); when it was booted, it did the same"));
        Assert.That((await ProgramAsync("restored", "")).Warm, "its snapshot stays");
    }

    [Test]
    public async Task A_restored_kernel_that_dies_before_it_is_asked_is_evidence_and_its_row_says_so()
    {
        await ProgramAsync("saved", "");
        ForgetKernel(Snapshots.Single());

        var row = await ProgramAsync("dies", "");
        Assert.That((row.Status, row.Attempts, row.Warm), Is.EqualTo((KernelStatus.Tested, 2, false)), row.Reason);
        Assert.That(row.Retries!.Select(r => (r.Stage, r.Attempt, r.Reason)), Is.EqualTo(new[]
        {
            (RetryStage.Restore, 1, "restored from a snapshot, it did not come to be asked: it reset the machine"),
        }));
        Assert.That(File.ReadAllText(Path.Combine(Lab["dies-run"], "console", $"{row.Id}.attempt-1.log")),
            Does.Contain("harness: restored from a snapshot of "));
        Assert.That((await ProgramAsync("restored", "")).Warm, "it was saved anew");
    }

    /// <summary>Leaves of a snapshot's memory the first MiB, which is the firmware's. The checksum is right.</summary>
    private static void ForgetKernel(string snapshot)
    {
        const int Chunk = 64 << 10;
        var marker = Path.Combine(snapshot, "snapshot.json");
        var json = JsonNode.Parse(File.ReadAllText(marker))!;
        var chunks = json["chunks"]!.AsArray().Select(c => (int)c!).Where(c => c < 16).ToArray();
        var memory = File.ReadAllBytes(Path.Combine(snapshot, "memory"))[..(chunks.Length * Chunk)];
        File.WriteAllBytes(Path.Combine(snapshot, "memory"), memory);
        json["chunks"] = new JsonArray([.. chunks.Select(c => JsonValue.Create(c))]);
        json["checksum"] = Crc32.Of(
        [
            .. memory, .. Encoding.ASCII.GetBytes(string.Join(',', chunks)),
            .. File.ReadAllBytes(Path.Combine(snapshot, "state")),
        ]);
        File.WriteAllText(marker, json.ToJsonString());
    }

    /// <summary>Runs a program on one of the clean kernels, with snapshots.</summary>
    /// <param name="body">Of its main().</param>
    private async Task<KernelResult> ProgramAsync(string name, string body)
    {
        var source = Lab.Write($"{name}.c", $$"""
            #include <fcntl.h>
            #include <string.h>
            #include <unistd.h>

            __attribute__((unused)) static int waited(void)
            {
                char text[4096] = "";
                int fd = open("/proc/cmdline", O_RDONLY);

                return read(fd, text, sizeof(text) - 1) > 0 && strstr(text, "harness.wait") != NULL;
            }

            int main(void)
            {
                {{body}}
                return 0;
            }
            """);
        await new Command("gcc").WithArguments(["-O1", "-static", "-o", Lab[name], source])
            .RunAsync(CancellationToken.None);
        var directory = Lab[$"{name}-run"];
        var result = await Lab.Harness("run", "--accel", "tcg", "--kernels", Lab.Matrix(""), "--exec", Lab[name],
            "--only", CleanKernels[1].Id, "--warm", "--out", directory).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.LessThan(2), result.Describe());
        return ResultsFile.Read(directory).Kernels.Single();
    }
}
