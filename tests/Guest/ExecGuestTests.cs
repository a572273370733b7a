using CliWrap;
using Harness.Ktap;
using Harness.Probes;
using Harness.Tests.Boot;
using Harness.Tests.Faults;
using Harness.Tests.Support;

namespace Harness.Tests.Guest;

/// <summary>The native probe <c>exec</c> on a real kernel: what programs find there, and what they cannot do.</summary>
[Category("VM")]
public sealed class ExecGuestTests
{
    private const string Program = "/programs/user_program";

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task A_program_finds_what_tests_need_whatever_the_one_before_it_left()
    {
        var report = await RunAsync(["look", "leave", "look", "4", "5", "abort"]);
        Assert.That(ProbeGuest.Said(report), Is.EqualTo(new[]
        {
            "exec.1-look accept", "exec.2-leave accept", "exec.3-look accept", "exec.4-4 null exit",
            "exec.5-5 reject exit", "exec.6-abort reject signal",
        }));
        const string Found = "guest C /tmp loopback up, 3 processes\n/tmp/data\n"; // init, the probe, the program
        Assert.That(ProbeGuest.Text(report, "exec.1-look", "out"), Is.EqualTo(Found));
        Assert.That(ProbeGuest.Text(report, "exec.3-look", "out"), Is.EqualTo(Found));
    }

    [Test]
    [Category(FaultSuite.Category)]
    public async Task A_hostile_program_ends_itself_alone()
    {
        var report = await RunAsync(["fork", "look", "eat", "look", "flood", "look", "hang", "look"]);
        Assert.That(ProbeGuest.Said(report), Is.EqualTo(new[]
        {
            "exec.1-fork reject timeout", "exec.2-look accept", "exec.3-eat reject signal", "exec.4-look accept",
            "exec.5-flood reject timeout", "exec.6-look accept", "exec.7-hang reject timeout", "exec.8-look accept",
        }));
        var looks = report.Cases.Where(c => c.Id.EndsWith("-look", StringComparison.Ordinal))
            .Select(c => ProbeGuest.Text(report, c.Id, "out"));
        Assert.That(looks, Has.All.EqualTo("guest C /tmp loopback up, 3 processes\n/tmp/data\n"));
        var flood = report.Texts.Single(t => t.Case == "exec.5-flood");
        Assert.That((flood.Text.Length, flood.Lost > 0), Is.EqualTo((512 << 10, true)));
    }

    private async Task<ProbeReport> RunAsync(IReadOnlyList<string> arguments)
    {
        var source = Path.Combine(RealRun.Repository.Path, "tests", "Fixtures", "guests", "user_program.c");
        await new Command("gcc").WithArguments(["-static", "-D_GNU_SOURCE", "-o", _directory["program"], source])
            .ExecuteAsync(CancellationToken.None);
        var program = await File.ReadAllBytesAsync(_directory["program"]);
        var report = await ProbeGuest.AskAsync(_directory, "exec",
        [
            new GuestFile(Program, program, GuestFile.Executable),
            new GuestFile("/tmp/data", "of the user"u8.ToArray()),
            .. arguments.Select((argument, i) => new GuestFile(
                $"/exec/{i + 1}-{argument}",
                Encode($"program={Program}", $"arg={argument}", $"timeout={SecondsOf(argument)}"))),
        ]);
        Assert.That(report.IsWhole, report.Problem);
        return report;
    }

    /// <summary>The one that eats memory must come to its end; the others have none.</summary>
    private static int SecondsOf(string argument) => argument == "eat" ? 20 : 1;

    /// <summary>A task file: strings that each end with NUL (bpf/exec/task.h).</summary>
    private static byte[] Encode(params string[] lines) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\0")));
}
