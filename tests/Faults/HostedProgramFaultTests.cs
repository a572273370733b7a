using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Probes.Exec;

namespace Harness.Tests.Faults;

/// <summary>
/// Programs that see this machine's files, on a kernel whose package has the modules for it and on one whose package
/// has not: whatever they do to these files, this machine does not notice.
/// </summary>
[Category("VM")]
[Category(FaultSuite.Category)]
public sealed class HostedProgramFaultTests
{
    /// <summary>Writes, removes and replaces files where it lies, and in /etc.</summary>
    private const string Vandal = """
        #!/usr/bin/env bash
        set -e
        cd "$(dirname "$0")"
        [ "$(cat kept)" = "of the host" ]
        ls /usr/bin >/dev/null
        echo "of the guest" >kept
        echo new >made
        rm -r directory
        echo x >/etc/written-by-a-guest
        [ "$(cat kept) $(cat made)" = "of the guest new" ] && [ ! -e directory ] && [ -e /etc/written-by-a-guest ]
        echo "done in $PWD"
        """;

    /// <summary>Finds what the one before it has found.</summary>
    private const string Witness = """
        #!/bin/sh
        cd "$(dirname "$0")"
        [ "$(cat kept)" = "of the host" ] && [ ! -e made ] && [ -e directory/file ] && [ ! -e /etc/written-by-a-guest ]
        """;

    /// <summary>Goes to where the guest's init has mounted the files, and wants to write to them themselves.</summary>
    private const string Breakout = """
        #include <errno.h>
        #include <fcntl.h>
        #include <sched.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mount.h>
        int main(int count, char **arguments)
        {
            char path[4096];
            int mounts = open("/proc/1/ns/mnt", O_RDONLY);

            (void)count;
            snprintf(path, sizeof(path), "/hostfs/lower%s.broken-out", arguments[0]);
            if (setns(mounts, CLONE_NEWNS) < 0 || mount("hostfs", "/hostfs/lower", "9p", MS_REMOUNT, NULL) < 0)
                return 2;
            if (open(path, O_WRONLY | O_CREAT, 0666) >= 0)
                return 1;
            puts(strerror(errno));
            return 0;
        }
        """;

    private CompiledPrograms _programs = null!;
    private KernelResult[] _kernels = null!;

    [OneTimeSetUp]
    public async Task Run_them()
    {
        _programs = new CompiledPrograms();
        _programs.Script("vandal", Vandal);
        _programs.Script("witness", Witness);
        _programs.Script("kept", "of the host");
        Directory.CreateDirectory(_programs["directory"]);
        _programs.Script("directory/file", "");
        await _programs.CompileAsync("breakout", Breakout, "-static", "-D_GNU_SOURCE");
        var matrix = _programs.Script("kernels.yaml", """
            kernels:
              - debian: {suites: [bookworm, bookworm-security], flavour: amd64, from: "6.1", to: "6.1"}
              - debian: {suites: [bookworm, bookworm-security], flavour: cloud-amd64, from: "6.1", to: "6.1"}
            probes:
              - exec: vandal
                guest: hostfs
              - exec: witness
                guest: hostfs
              - exec: breakout
                guest: hostfs
              - exec: /bin/true
                name: lean
            """);
        var (document, result) = await RealRun.OfAsync(_programs["run"], ["--kernels", matrix]);
        Assert.That(document.Kernels.Select(k => k.Status), Has.All.EqualTo(KernelStatus.Tested), result.Describe());
        _kernels = [.. document.Kernels.OrderBy(k => k.Id.Contains("cloud", StringComparison.Ordinal))];
    }

    [OneTimeTearDown]
    public void Remove_the_run() => _programs.Dispose();

    [Test]
    public void What_a_program_does_to_this_machines_files_neither_this_machine_nor_the_next_program_sees()
    {
        Assert.That(_kernels[0].Cases.Select(c => $"{c.Id} {c.Status} {c.Reason}".Trim()), Is.EqualTo(
            ["exec.breakout Pass", "exec.lean Pass", "exec.vandal Pass", "exec.witness Pass"]));
        Assert.That(Written("vandal"), Is.EqualTo($"done in {Path.GetDirectoryName(_programs["vandal"])}\n"));
        Assert.That(File.ReadAllText(_programs["kept"]), Is.EqualTo("of the host"));
        Assert.That(_programs["directory", "file"], Does.Exist);
        Assert.That(_programs["made"], Does.Not.Exist);
        Assert.That(File.Exists("/etc/written-by-a-guest"), Is.False);
    }

    [Test]
    public void A_guest_that_mounts_this_machines_files_to_write_is_refused_by_QEMU()
    {
        Assert.That(Written("breakout"), Is.EqualTo("Read-only file system\n"));
        Assert.That(_programs["breakout.broken-out"], Does.Not.Exist);
    }

    [Test]
    public void A_kernel_that_cannot_have_these_files_says_what_it_lacks_and_the_others_are_run()
    {
        var cases = _kernels[1].Cases.ToDictionary(c => c.Id);
        Assert.That(cases["exec.lean"].Status, Is.EqualTo(CaseStatus.Pass));
        foreach (var id in new[] { "exec.vandal", "exec.witness", "exec.breakout" })
        {
            Assert.That((cases[id].Status, cases[id].Step, cases[id].Errno, cases[id].AsExpected),
                Is.EqualTo((CaseStatus.Skip, "guest", "ENODEV", false)));
            Assert.That(cases[id].Reason, Is.EqualTo(
                "kernel has no 9p: modules 9p, 9pnet_virtio are neither built in nor in the package"));
        }
    }

    private string Written(string program) =>
        File.ReadAllText(_programs["run", "console", $"{_kernels[0].Id}.boot-2.exec.{program}.out.log"]);
}
