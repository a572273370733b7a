using Harness.Processes;
using Harness.Results;
using Harness.Tests.Probes.Exec;

namespace Harness.Tests.Boot;

/// <summary>Programs of a user's on a real kernel, all in one boot: what one of them does, the others do not notice.
/// </summary>
[Category("VM")]
public sealed class ExecProgramsTests
{
    private const string Ktap = """
        #include <stdio.h>
        int main(void)
        {
            puts("KTAP version 1\n1..3\nok 1 one\n  KTAP version 1\n  # Subtest: two\n  1..2\n  ok 1 a\n"
                 "  # it was 3\n  not ok 2 b: c\nnot ok 2 two\nok 3 three # SKIP no device");
            return 1;
        }
        """;

    /// <summary>What the issue promises that a program finds.</summary>
    private const string Needs = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>
        #include <unistd.h>
        int outer(void);
        int main(int count, char **arguments)
        {
            static const char *const paths[] = {
                "/proc/self/status", "/sys/kernel/btf", "/sys/fs/bpf", "/sys/kernel/tracing/events",
                "/sys/kernel/debug/tracing", "/sys/fs/cgroup/cgroup.procs", "/dev/shm", "data",
            };
            char name[64], line[256];
            FILE *routes;

            for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
                if (access(paths[i], F_OK))
                    printf("without %s\n", paths[i]);
            if (access("/tmp", W_OK) || gethostname(name, sizeof(name)) || !*name || strcmp(getenv("LANG"), "C"))
                puts("without /tmp, a name or LANG");
            routes = fopen("/sys/class/net/lo/operstate", "r");
            if (!routes || !fgets(line, sizeof(line), routes) || !strcmp(line, "down\n"))
                puts("without a loopback device");
            printf("%d %s %s\n", count, arguments[1], getenv("GIVEN"));
            return outer();
        }
        """;

    private const string Forks = """
        #include <unistd.h>
        int main(void)
        {
            for (;;)
                if (fork() < 0)
                    usleep(1000);
        }
        """;

    private const string Floods = """
        #include <string.h>
        #include <unistd.h>
        int main(void)
        {
            char bytes[4096];

            memset(bytes, 1, sizeof(bytes));
            for (int i = 0; i < 1024; i++)
                if (write(1 + i % 2, bytes, sizeof(bytes)) < 0)
                    return 1;
            return 0;
        }
        """;

    private const string Eats = """
        #include <stdlib.h>
        #include <string.h>
        int main(void)
        {
            for (;;) {
                char *more = malloc(1 << 20);

                if (more)
                    memset(more, 1, 1 << 20);
            }
        }
        """;

    private CompiledPrograms _programs = null!;
    private FinishedCommand _result = null!;
    private KernelResult _kernel = null!;

    [OneTimeSetUp]
    public async Task Run_them()
    {
        _programs = new CompiledPrograms();
        await _programs.CompileAsync("ktap", Ktap, "-static");
        Directory.CreateDirectory(_programs["lib"]);
        await _programs.CompileAsync("lib/libouter.so", "int outer(void) { return 3; }", "-shared", "-fPIC");
        await _programs.CompileAsync("needs", Needs, "-Llib", "-louter", "-Wl,-rpath,$ORIGIN/lib");
        await _programs.CompileAsync("forks", Forks, "-static");
        await _programs.CompileAsync("floods", Floods, "-static");
        await _programs.CompileAsync("eats", Eats, "-static");
        _programs.Script("script", "#!/bin/sh\necho on $(cat data)\nkill -9 $$\n");
        _programs.Script("data", "given");
        var kernel = await RealRun.NewestAsync("6.1");
        var matrix = _programs.Script("kernels.yaml", """
            kernels:
              - debian:
                  suites: [bookworm, bookworm-security]
                  flavour: cloud-amd64
                  from: "6.1"
                  to: "6.1"
            probes:
              - exec: eats
                timeout: 20
              - exec: floods
              - exec: forks
                timeout: 2
              - exec: ktap
              - exec: needs
                args: [-v]
                env: [GIVEN=here]
                files: [data]
                expect: 3
              - exec: script
                files: [data, "/bin/cat:/bin/cat"]
            """);
        (var document, _result) = await RealRun.OfAsync(
            _programs["run"], ["--kernels", matrix, "--only", kernel]);
        _kernel = document.Kernels.Single();
    }

    [OneTimeTearDown]
    public void Remove_the_run() => _programs.Dispose();

    [Test]
    public void The_kernel_is_tested_whatever_the_programs_did()
    {
        Assert.That(_kernel.Status, Is.EqualTo(KernelStatus.Tested), _kernel.Reason + _result.StandardOutput);
        Assert.That(_result.ExitCode, Is.EqualTo(ExitCodes.Unexpected), _result.Describe());
    }

    [Test]
    public void Each_result_of_a_program_that_speaks_ktap_is_a_case() =>
        Assert.That(Told("exec.ktap"), Is.EqualTo(
        [
            "exec.ktap fail exit: it exited with 1, not with 0; 1 of 4 tests failed: b: c",
            "exec.ktap.one pass", "exec.ktap.three skip: no device", "exec.ktap.two fail test: 1 of 2 subtests failed",
            "exec.ktap.two.a pass", "exec.ktap.two.b__c fail test",
        ]));

    [Test]
    public void A_dynamic_program_finds_its_libraries_its_files_and_what_tests_need()
    {
        Assert.That(Told("exec.needs"), Is.EqualTo(["exec.needs pass"]));
        Assert.That(Written("needs", "out"), Is.EqualTo("2 -v here\n"));
    }

    [Test]
    public void A_script_is_run_by_its_interpreter_and_what_ended_it_is_told()
    {
        Assert.That(Told("exec.script"), Is.EqualTo(["exec.script fail signal: ended by signal 9 (KILL)"]));
        Assert.That(Case("exec.script").Evidence, Is.EqualTo("on given"));
    }

    [Test]
    public void A_program_that_forks_for_ever_is_ended_in_its_time() =>
        Assert.That(Told("exec.forks"), Is.EqualTo(["exec.forks fail timeout: it did not end within 2 s"]));

    [Test]
    public void A_program_that_fills_memory_is_ended_alone() =>
        Assert.That(Told("exec.eats"), Is.EqualTo(["exec.eats fail signal: ended by signal 9 (KILL)"]));

    [Test]
    public void Of_what_a_program_floods_the_start_is_kept()
    {
        Assert.That(Told("exec.floods"), Is.EqualTo(["exec.floods pass"]));
        Assert.That(Written("floods", "out"), Has.Length.GreaterThan(100_000));
    }

    private string Written(string program, string text) =>
        File.ReadAllText(_programs["run", "console", $"{_kernel.Id}.exec.{program}.{text}.log"]);

    private CaseResult Case(string id) => _kernel.Cases.Single(c => c.Id == id);

    private List<string> Told(string start) =>
    [
        .. _kernel.Cases.Where(c => c.Id == start || c.Id.StartsWith(start + ".", StringComparison.Ordinal))
            .Select(c => $"{c.Id} {c.Status.ToString().ToLowerInvariant()}"
                + (c.Step is null ? "" : $" {c.Step}") + (c.Reason is null ? "" : $": {c.Reason}")),
    ];
}
