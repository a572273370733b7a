using System.Globalization;
using CliWrap;
using Harness.Machines;
using Harness.Processes;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

/// <summary>
/// What a guest gains that takes QEMU over: with the real virtme-run and QEMU, and a kernel that hangs at its first
/// instruction.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class ConfinementTests
{
    private TemporaryDirectory _directory = null!;
    private VirtualMachine _vm = null!;

    [SetUp]
    public void Make_machine()
    {
        Assume.That(VirtmeHost.CanServe(VirtmeArguments.Program), "virtme-ng is no package here");
        _directory = new TemporaryDirectory();
        _vm = new VirtualMachine();
    }

    [TearDown]
    public async Task End_machine()
    {
        await _vm.DisposeAsync();
        _directory.Dispose();
    }

    [Test]
    public async Task QEMU_has_a_user_of_its_own_and_no_right_that_it_does_not_need()
    {
        Assume.That(Environment.IsPrivilegedProcess && QemuUsers.AreMapped(), "only root can give QEMU another user");
        using var interrupt = new CancellationTokenSource();
        var running = Task.WhenAll(RunAsync("a", interrupt.Token), RunAsync("b", interrupt.Token));
        await ProcessTable.UntilAsync(() => Qemus().Count(IsConfined) == 2, "both QEMUs run");
        var qemus = Qemus();
        foreach (var (name, value) in new[]
        {
            ("Groups", ""), ("CapInh", new string('0', 16)), ("CapPrm", new string('0', 16)),
            ("CapEff", new string('0', 16)), ("CapBnd", new string('0', 16)), ("CapAmb", new string('0', 16)),
            ("NoNewPrivs", "1"), ("Seccomp", "2"),
        })
        {
            Assert.That(qemus.Select(id => Status(id, name)), Is.All.EqualTo(value), name);
        }
        var users = qemus.SelectMany(id => Status(id, "Uid").Split('\t')).Distinct().ToList();
        Assert.That(users.Select(user => uint.Parse(user, CultureInfo.InvariantCulture)),
            Has.Exactly(2).Items.And.All.GreaterThan(QemuUsers.First));
        Assert.That(qemus.SelectMany(id => Status(id, "Gid").Split('\t')).Distinct(), Is.EqualTo(users));
        AssertLimits(qemus[0]);
        await interrupt.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_kernel_that_root_alone_may_read_is_booted()
    {
        var kernel = StubKernel.Hanging(_directory["secret"]);
        File.SetUnixFileMode(kernel, UnixFileMode.UserRead);
        var end = await _vm.RunAsync(Spec(kernel, "vm", 3), null, CancellationToken.None);
        Assert.That(end.Ending, Is.EqualTo(VmEnding.Deadline), end.LauncherError);
    }

    [Test]
    public async Task In_QEMUs_place_nothing_can_be_written_but_console_and_channel()
    {
        var everywhere = new[] { _directory["outside"], "/tmp", "/dev/shm", "/var/tmp", Path.GetTempPath() }
            .Where(Directory.Exists).Select(path => Path.Combine(path, Path.GetFileName(_directory.Path) + ".written"));
        Directory.CreateDirectory(_directory["outside"]);
        _directory.Write("outside/mine", "");
        var attack = string.Concat(everywhere.Append(_directory["outside", "mine"])
            .Select(file => $"(echo x >{file}) 2>/dev/null && echo wrote {file} >&5\n"));
        var console = await InPlaceOfQemuAsync(attack + "echo done >&5; echo report >&6");
        Assert.That(console, Is.EqualTo("done\n"));
        Assert.That(await File.ReadAllTextAsync(_directory["vm", "channel.ktap"]), Is.EqualTo("report\n"));
    }

    [Test]
    public async Task In_QEMUs_place_no_other_process_can_be_signalled()
    {
        await using var running = RunningCommand.Start(new Command("sleep").WithArguments(["600"]));
        var console = await InPlaceOfQemuAsync(
            $"kill -KILL {running.ProcessId} 2>/dev/null && echo killed >&5; echo done >&5");
        Assert.That((console, ProcessTable.IsRunning(running.ProcessId)), Is.EqualTo(("done\n", true)));
    }

    /// <summary>Runs a piece of shell as QEMU is run, and returns what it wrote to the console.</summary>
    private async Task<string> InPlaceOfQemuAsync(string script)
    {
        const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_directory.Path, All);
        var program = _directory.Write("program", "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(program, All);
        var spec = Spec(StubKernel.Hanging(_directory["kernel"]), "vm", 60);
        Directory.CreateDirectory(spec.RootDirectory);
        StandIns.Write(spec.ProgramDirectory, spec.Machine);
        string[] writable = [spec.ConsoleFile, spec.ChannelFile];
        Array.ForEach(writable, file => File.WriteAllBytes(file, []));
        var rights = QemuConfinement.RightsFor(Confinement.Full, Accelerator.Tcg);
        var variables = new Dictionary<string, string?>(
            StandIns.Variables(spec, rights, "QEMU emulator version 7.2.0", "60"))
        {
            ["HARNESS_QEMU"] = program,
            ["TMPDIR"] = spec.WorkDirectory,
            ["PATH"] = $"{spec.ProgramDirectory}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        await using var host = new VirtmeHost();
        await using var vm = await host.LaunchAsync(
            new VirtmeRequest(
                spec.WorkDirectory, variables, _directory["vm", "error"], writable, VirtmeArguments.Build(spec)),
            CancellationToken.None);
        var code = await vm.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(code, Is.Zero, await File.ReadAllTextAsync(_directory["vm", "error"]));
        return await File.ReadAllTextAsync(spec.ConsoleFile);
    }

    private async Task<VmEnd> RunAsync(string name, CancellationToken cancellation) =>
        await _vm.RunAsync(Spec(StubKernel.Hanging(_directory[name + ".kernel"]), name, 60), null, cancellation);

    private VmSpec Spec(string image, string name, int deadline) => new(
        MachineList.Default, image, image, _directory[name, "console.log"], _directory[name, "channel.ktap"],
        _directory[name, "work"], Accelerator.Tcg, "feed", [], TimeSpan.FromSeconds(deadline));

    private List<int> Qemus() => [.. ProcessTable.Emulators(_directory.Path)];

    /// <summary>QEMU has filtered its system calls, which it does after all else.</summary>
    private static bool IsConfined(int id) => Status(id, "Seccomp") == "2";

    private static string Status(int id, string name) => File.ReadLines($"/proc/{id}/status")
        .First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static void AssertLimits(int id)
    {
        var limits = File.ReadLines($"/proc/{id}/limits").Select(line => line.Split("  ", 3)).ToList();
        string SoftLimit(string name) => limits.First(l => l[0] == name)[^1].Trim().Split(' ')[0];
        Assert.That(SoftLimit("Max core file size"), Is.EqualTo("0"));
        Assert.That(long.Parse(SoftLimit("Max file size"), CultureInfo.InvariantCulture),
            Is.EqualTo((long)VmSpec.DefaultMemoryMiB << 20));
    }
}
