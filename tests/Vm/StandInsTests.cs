using CliWrap;
using Harness.Machines;
using Harness.Processes;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

/// <summary>What stands in for QEMU, with a program that prints its arguments in QEMU's place.</summary>
public sealed class StandInsTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Write_stand_ins()
    {
        Assume.That(CommandExecution.Find(MachineList.Default.QemuProgram), Is.Not.Null, "there is no QEMU here");
        _directory = new TemporaryDirectory();
        StandIns.Write(_directory["bin"], MachineList.Default);
    }

    [TearDown]
    public void Remove_them() => _directory?.Dispose();

    [Test]
    public async Task Of_what_virtme_run_asks_for_only_kernel_command_line_memory_and_CPUs_reach_QEMU()
    {
        // In the order of virtme-run 1.22 to 1.41.
        string[] virtme =
        [
            "-m", "384M", "-fsdev", "local,id=virtfs3,path=/,security_model=none", "-device",
            "virtio-9p-pci,fsdev=virtfs3,mount_tag=/dev/root", "-machine", "accel=kvm:tcg", "-device",
            "i6300esb,id=watchdog0", "-cpu", "host", "-parallel", "none", "-net", "none", "-echr", "1", "-serial",
            "none", "-chardev", "file,path=/proc/self/fd/2,id=dmesg", "-device", "virtio-serial-pci", "-device",
            "virtconsole,chardev=dmesg", "-chardev", "stdio,id=console,signal=off,mux=on", "-serial",
            "chardev:console", "-mon", "chardev=console", "-vga", "none", "-display", "none", "-smp", "1",
            "-kernel", _directory["a kernel"], "-append", "-harness console=hvc0 \"quoted\"", "-initrd",
            "/proc/self/fd/5", "-device", "vmcoreinfo",
        ];
        string[] own = ["-nodefaults", "-no-reboot", "-chardev", "file,id=harness-console,path=/my run/k.log"];
        var result = await RunAsync("printf '%s\\n' \"$@\" >\"$TMPDIR/arguments\"",
            [.. virtme, VirtmeArguments.Mark, .. own]);
        Assert.That(result.ExitCode, Is.Zero, result.Describe());
        Assert.That(await File.ReadAllLinesAsync(_directory["arguments"]), Is.EqualTo((string[])
        [
            "-m", "384M", "-smp", "1", "-kernel", "/proc/self/fd/3", "-append",
            "-harness console=hvc0 \"quoted\"", .. own,
        ]));
    }

    [Test]
    public async Task QEMU_gets_its_files_as_descriptors()
    {
        var result = await RunAsync(
            "cat <&3 >\"$TMPDIR/read\"; cat <&4 >>\"$TMPDIR/read\"; printf console >&5; printf channel >&6",
            [.. Kernel, VirtmeArguments.Mark]);
        Assert.That(result.IsSuccess, result.Describe());
        Assert.That(
            new[] { "read", "console", "channel" }.Select(name => File.ReadAllText(_directory[name])),
            Is.EqualTo(new[] { "kernelinitramfs", "console", "channel" }));
    }

    [Test]
    public async Task A_kernel_that_cannot_be_read_is_named()
    {
        var result = await RunAsync("", ["-kernel", "/nowhere", VirtmeArguments.Mark]);
        Assert.That((result.ExitCode, result.StandardError),
            Is.EqualTo((1, $"{MachineList.Default.QemuProgram}: cannot read /nowhere\n")));
    }

    [Test]
    public async Task Without_the_harnesss_own_options_QEMU_is_not_started()
    {
        var result = await RunAsync("touch \"$TMPDIR/started\"", ["-m", "384M", "-kernel", "k"]);
        Assert.That((result.ExitCode, File.Exists(_directory["started"])), Is.EqualTo((1, false)));
        Assert.That(result.StandardError, Does.StartWith(MachineList.Default.QemuProgram + ": "));
    }

    [Test]
    public async Task QEMU_has_a_clean_environment_and_no_stream_of_the_launcher_but_standard_error()
    {
        var result = await RunAsync(
            "env >\"$TMPDIR/environment\"; echo out; cat; echo err >&2", [.. Kernel, VirtmeArguments.Mark]);
        Assert.That((result.StandardOutput, result.StandardError), Is.EqualTo(("", "err\n")));
        var names = (await File.ReadAllLinesAsync(_directory["environment"])).Select(line => line.Split('=')[0]);
        Assert.That(names, Is.SubsetOf(new[] { "PATH", "TMPDIR", "LD_LIBRARY_PATH", "PWD", "SHLVL", "_" }));
    }

    [Test]
    public async Task A_QEMU_that_its_user_may_not_run_is_named_and_why()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root can give QEMU another user");
        Directory.CreateDirectory(_directory["closed/tools"]);
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0x1ed);
        File.SetUnixFileMode(_directory["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = await RunAsync("", [.. Kernel, VirtmeArguments.Mark], "closed/tools/qemu", QemuRights.OwnUser);
        Assert.That(result.StandardError.TrimEnd().Split('\n')[^1],
            Does.StartWith($"{MachineList.Default.QemuProgram}: exited with {result.ExitCode}: ")
                .And.Contains(_directory["closed/tools/qemu"])
                .And.EndsWith($", whom QEMU has here, may not enter or run {_directory["closed"]}"));
    }

    [Test]
    public async Task A_file_that_grows_past_the_limit_ends_QEMU()
    {
        var result = await RunAsync(
            "exec head -c 4000000 /dev/zero >\"$TMPDIR/file\"", [.. Kernel, VirtmeArguments.Mark]);
        Assert.That(result.ExitCode, Is.EqualTo(FinishedCommand.SignalBase + 25), "SIGXFSZ");
        Assert.That(new FileInfo(_directory["file"]).Length, Is.EqualTo(1 << 20));
    }

    private IReadOnlyList<string> Kernel => ["-kernel", _directory["a kernel"]];

    private Task<FinishedCommand> RunAsync(
        string qemu, string[] arguments, string name = "qemu", QemuRights rights = QemuRights.All)
    {
        var program = _directory.Write(name, "#!/bin/sh\n" + qemu + "\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _directory.Write("a kernel", "kernel");
        var spec = new VmSpec(
            MachineList.Default, _directory["a kernel"], _directory.Write("initramfs", "initramfs"),
            _directory["console"], _directory["channel"], _directory.Path, Accelerator.Tcg, "feed", [],
            TimeSpan.FromSeconds(20), MemoryMiB: 1)
        {
            Limits = new OutputLimits { Console = 1 << 10, Channel = 1 << 10 },
        };
        return new Command(_directory["bin", MachineList.Default.QemuProgram]).WithArguments(arguments)
            .WithFurtherVariables(StandIns.Variables(spec, rights, null, "20"))
            .WithEnvironmentVariable("HARNESS_QEMU", program)
            .WithEnvironmentVariable("TMPDIR", _directory.Path)
            .WithEnvironmentVariable("SECRET", "of the caller")
            .TryRunAsync(CancellationToken.None);
    }
}
