using CliWrap;
using Harness.Guest;
using Harness.Ktap;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Boot;
using Harness.Tests.Faults;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Guest;

/// <summary>
/// The guest's init on a real kernel: it runs one probe after the other, and says which of them failed and how.
/// </summary>
[Category("VM")]
public sealed class InitTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    [Category(FaultSuite.Category)]
    public async Task A_probe_that_dies_is_a_probe_error_with_its_reason()
    {
        var end = await BootAsync([new GuestProgram("a-probe", await CompileAsync("*(volatile int *)0 = 1;"))]);
        var classification = Classifier.Classify(end, ProbeReport.Read(end.Channel, BareBoot.Nonce));
        var expected = new Classification(KernelStatus.ProbeError, "prober: a-probe was ended by signal 11");
        Assert.That(classification, Is.EqualTo(expected));
    }

    /// <summary>
    /// One boot for all ways to fail. The probes behind those that fail still run, in the order of their names, and
    /// each report says whose it is.
    /// </summary>
    [Test]
    [Category(FaultSuite.Category)]
    public async Task A_probe_that_fails_takes_nothing_from_those_behind_it()
    {
        var prober = await File.ReadAllBytesAsync(RealRun.Repository.Prober);
        var end = await BootAsync(
            [
                new GuestProgram("6-asks", prober),
                new GuestProgram("1-dies", await CompileAsync("*(volatile int *)0 = 1;")),
                new GuestProgram("2-exits", await CompileAsync("return 3;")),
                new GuestProgram("3-hangs", await CompileAsync("fork(); for (;;) pause();")),
                new GuestProgram("4-eats", await CompileAsync("for (;;) memset(malloc(1 << 20), 1, 1 << 20);")),
                new GuestProgram("5-asks", prober),
            ],
            "harness.deadline=5", lean: false); // Lean, the kernel ends the fourth by another signal.
        var said = end.Console.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("prober: ", StringComparison.Ordinal));
        Assert.That(said, Is.EqualTo(new[]
        {
            "prober: 1-dies was ended by signal 11",
            "prober: 2-exits exited with 3",
            "prober: 3-hangs did not end within 5 s",
            "prober: 4-eats was ended by signal 9",
        }));
        var reports = ProbeReport.ReadEach(end.Channel, BareBoot.Nonce);
        var whole = reports.Where(r => r.IsWhole).Select(r => r.Probe);
        Assert.That(whole, Is.EqualTo(new[] { "5-asks", "6-asks" }));
        Assert.That(reports, Has.Count.EqualTo(2));
    }

    [Test]
    [Category(FaultSuite.Category)]
    public async Task A_guest_without_a_probe_says_so() =>
        Assert.That((await BootAsync([])).Console, Does.Contain("prober: /probes: there is no probe"));

    [TestCase("harness.cpus=0", "prober: harness.cpus: not a number of CPUs from 1 to 1024")]
    [TestCase("harness.cpus=2", "prober: the kernel runs 1 of 2 CPUs")]
    [TestCase("harness.deadline=0", "prober: harness.deadline: not a number of seconds from 1 to 86400")]
    public async Task A_parameter_that_is_wrong_is_said_and_nothing_runs(string parameter, string message)
    {
        var prober = await File.ReadAllBytesAsync(RealRun.Repository.Prober);
        var end = await BootAsync([new GuestProgram("inner-maps", prober)], parameter);
        Assert.That((end.Channel, end.Console.Contains(message, StringComparison.Ordinal)), Is.EqualTo(("", true)));
    }

    /// <summary>A process that eats all memory makes the kernel log something worse than a warning.</summary>
    [Test]
    [Category(FaultSuite.Category)]
    public async Task A_probe_sees_when_the_kernel_logs_something_by_the_times_on_its_console()
    {
        var watcher = await CompileAsync("""
            struct kernel_log log = kernel_log_open();
            struct log_span span;

            if (kernel_log_spoke(&log, &span))
                puts("spoke too early");
            if (!fork())
                for (;;)
                    memset(malloc(1 << 20), 1, 1 << 20);
            wait(NULL);
            if (kernel_log_spoke(&log, &span))
                printf("spoke at %llu.%06llu\n", span.last / 1000000, span.last % 1000000);
            """, "kernel_log");
        var end = await BootAsync([new GuestProgram("a-probe", watcher)], lean: false);
        var spoke = end.Channel.Split('\n').Select(l => l.Trim())
            .Single(l => l.StartsWith("spoke", StringComparison.Ordinal));
        Assert.That(spoke, Does.StartWith("spoke at "));
        Assert.That(end.Console.Split('\n'),
            Has.Some.Contains($"{spoke["spoke at ".Length..]}] Out of memory: Killed process"));
        Assert.That(end.Console, Does.Contain(KernelMessages.Start));
    }

    /// <summary>The report is whole, and the kernel is not: it warns, and then it is made to panic.</summary>
    [Test]
    [Category(FaultSuite.Category)]
    public async Task What_the_kernel_says_while_it_is_asked_reaches_the_console_and_a_late_panic_is_a_crash()
    {
        var program = await CompileAsync($$"""
            FILE *log = fopen("/dev/kmsg", "w"), *trigger = fopen("/proc/sysrq-trigger", "w");

            fputs("<4>WARNING: CPU: 0 at the test\n", log);
            fflush(log);
            fputs({{Quoted(ReportText.Of(BareBoot.Nonce, ("raw.a", ReportText.Accepted)))}}, stdout);
            fflush(stdout);
            sleep(1);
            fputs("c", trigger);
            fflush(trigger);
            """);
        var end = await BootAsync([new GuestProgram("a-probe", program)], "loglevel=4 oops=panic");
        var report = ProbeReport.Read(end.Channel, BareBoot.Nonce);
        Assert.That(report.IsWhole);
        Assert.That(Classifier.Classify(end, report).Status, Is.EqualTo(KernelStatus.Crashed));
        var complaints = ConsoleComplaints.Of(end.Console, report, [new("raw.a", Outcome.Accept, "")], inOrder: true);
        Assert.That(complaints.Select(c => (c.Kind, c.Text, c.Case)),
            Is.EqualTo(new[] { (ComplaintKind.Warning, "WARNING: CPU: 0 at the test", "raw.a") }));
    }

    private static string Quoted(ReportText report) =>
        $"\"{report.ToString().Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <param name="shared">The name of a source of bpf/shared that the probe is made with.</param>
    private async Task<byte[]> CompileAsync(string body, string? shared = null)
    {
        var source = _directory.Write("probe.c", $$"""
            {{(shared is null ? "" : $"#include \"{shared}.h\"")}}
            #include <stdio.h>
            #include <stdlib.h>
            #include <sys/wait.h>
            #include <string.h>
            #include <unistd.h>
            int main(void)
            {
                {{body}}
            }
            """);
        var program = _directory["probe"];
        var folder = Path.Combine(RealRun.Repository.Path, "bpf", "shared");
        string[] sources = shared is null ? [source] : [source, Path.Combine(folder, shared + ".c")];
        await new Command("gcc").WithArguments(["-static", "-I", folder, "-o", program, .. sources])
            .ExecuteAsync(CancellationToken.None);
        return await File.ReadAllBytesAsync(program);
    }

    private async Task<VmEnd> BootAsync(
        IReadOnlyList<GuestProgram> programs, string parameters = "", bool lean = true)
    {
        var init = await File.ReadAllBytesAsync(RealRun.Repository.Init);
        var (console, channel) = (_directory.Write("console", ""), _directory.Write("channel", ""));
        var initramfs = GuestImage.Store(_directory.Path, init, programs);
        await BareBoot.RunAsync(initramfs, console, ["-serial", $"file:{channel}"], parameters, lean);
        var (report, said) = (await File.ReadAllTextAsync(channel), await File.ReadAllTextAsync(console));
        return new VmEnd(VmEnding.Exited, report, said, "", 0, TimeSpan.Zero);
    }
}
