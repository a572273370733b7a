using Harness.Machines;
using Harness.Probes;
using Harness.Probes.Exec;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Exec;

public sealed class ExecProgramTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task A_program_that_was_mended_among_this_machines_files_is_another_question()
    {
        var first = await ShaAsync("#!/bin/sh\nexit 1\n");
        Assert.That(await ShaAsync("#!/bin/sh\nexit 1\n"), Is.EqualTo(first));
        Assert.That(await ShaAsync("#!/bin/sh\nexit 0\n"), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Programs_that_see_this_machines_files_get_a_kernel_that_initializes_tracefs_and_sched_ext() =>
        Assert.That((await HostedAsync("#!/bin/sh\nexit 1\n")).Needs,
            Is.EqualTo([KernelArea.Tracing, KernelArea.SchedExt]));

    private async Task<string> ShaAsync(string script)
    {
        var programs = await HostedAsync(script);
        Assert.That(programs.First.Cases, Has.Count.EqualTo(1));
        return programs.First.Sha256;
    }

    private async Task<ProbePrograms> HostedAsync(string script)
    {
        var path = _directory.Write("t.sh", script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await ExecProgram.HostedAsync(
            new NativeProgram("exec", "/prober", Samples.Sha256, []),
            [new ExecSubject("here", "exec.t", path) { SeesHost = true }], MachineList.Default, CancellationToken.None);
    }
}
