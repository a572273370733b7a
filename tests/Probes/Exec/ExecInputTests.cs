using Harness.Matrix;
using Harness.Probes;
using Harness.Probes.Exec;
using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Probes.Exec;

/// <summary>Programs as a matrix and the command line name them.</summary>
public sealed class ExecInputTests
{
    private readonly ExecInput _input = new();
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_files()
    {
        _directory = new TemporaryDirectory();
        _directory.Write("test maps.sh", "#!/bin/sh\n");
        _directory.Write("data", "");
    }

    [TearDown]
    public void Remove_them() => _directory.Dispose();

    [Test]
    public void An_entry_says_how_a_program_is_run()
    {
        var subject = Read("""
            exec: test maps.sh
            args: [-v, "1"]
            files: [data, "data:more/x", "data:/etc/conf"]
            env: [A=1, LD_LIBRARY_PATH=/opt/lib:rel]
            timeout: 9
            expect: 3
            """);
        Assert.That(subject.IdStart, Is.EqualTo("exec.test_maps_sh"));
        Assert.That(subject.File, Is.EqualTo(_directory["test maps.sh"]), "relative to the matrix");
        Assert.That(subject.Arguments, Is.EqualTo(["-v", "1"]));
        Assert.That(subject.Files.Select(file => file.In("/programs/x")),
            Is.EqualTo(["/programs/x/data", "/programs/x/more/x", "/etc/conf"]));
        Assert.That(subject.LibraryPath, Is.EqualTo(["/opt/lib"]));
        Assert.That((subject.Timeout, subject.ExitCode), Is.EqualTo((9, 3)));
    }

    [Test]
    public void The_name_of_an_entry_takes_the_place_of_the_files() =>
        Assert.That(Read("exec: data\nname: maps, all").IdStart, Is.EqualTo("exec.maps__all"));

    [Test]
    public void Two_programs_of_one_name_have_different_ids() =>
        Assert.That(
            Load("  - exec: data\n  - exec: data\n    args: [-v]\n").Probes.SelectMany(entry => entry.Subjects)
                .Select(subject => (subject.IdStart, ((ExecSubject)subject).Name)),
            Is.EqualTo([("exec.data", "data"), ("exec.data-2", "data-2")]));

    [TestCase("exec: missing", "no such file: DIR/missing")]
    [TestCase("exec: .", "DIR is a directory")]
    [TestCase("exec: /dev/null", "/dev/null is no regular file")]
    [TestCase("exec: data\nfiles: [missing]", "no such file: DIR/missing")]
    [TestCase("exec: data\nfiles: ['data:a/../b']", "'data:a/../b': write HOST or HOST:GUEST")]
    [TestCase("exec: data\nfiles: ['data:/proc/x']", "'data:/proc/x': write HOST or HOST:GUEST")]
    [TestCase("exec: data\nfiles: ['data:/modules/x.ko']", "'data:/modules/x.ko': write HOST or HOST:GUEST")]
    [TestCase("exec: data\nfiles: ['data:/modules.missing']", "'data:/modules.missing': write HOST or HOST:GUEST")]
    [TestCase("exec: data\nfiles: ['data:/kernel-config']", "'data:/kernel-config': write HOST or HOST:GUEST")]
    [TestCase("exec: data\nfiles: ['data:/hostfs/x']", "'data:/hostfs/x': write HOST or HOST:GUEST")]
    [TestCase("exec: data\nfiles: [data]", "'data': another file is /programs/data/data already")]
    [TestCase("exec: data\nenv: [A]", "'A': write NAME=VALUE")]
    [TestCase("exec: data\ntimeout: 0", "0 is not a number from 1 to 86400")]
    [TestCase("exec: data\nexpect: 256", "256 is not a number from 0 to 255")]
    [TestCase("exec: data\nexpect: 1.5", "'1.5' is no whole number")]
    [TestCase("exec: data\nname: ' '", "a name is more than blanks")]
    [TestCase("exec: data\nguest: virtiofs", "'virtiofs' is no guest: write initramfs or hostfs")]
    [TestCase("exec: data\nguest: hostfs\nfiles: [kernels.yaml]", "the program finds this machine's files where they")]
    public void What_is_wrong_is_said_with_its_place(string entry, string problem)
    {
        var problems = Assert.Throws<YamlFileException>(() => Read(entry))!;
        Assert.That(problems.Message.Replace(_directory.Path, "DIR", StringComparison.Ordinal), Does.Contain(problem)
            .And.Match(@"kernels\.yaml:\d+:\d+: "));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_fifo_is_refused_and_not_opened()
    {
        await Fifos.MakeAsync(_directory["fifo"]);
        Assert.That(Assert.Throws<YamlFileException>(() => Read("exec: fifo"))!.Message,
            Does.Contain("fifo is no regular file"));
    }

    [Test]
    public void Options_name_programs_and_the_arguments_of_all_of_them()
    {
        var problems = new List<string>();
        var subjects = _input.Read(Options([_directory["data"], _directory["test maps.sh"]], ["-v"]), problems);
        Assert.That(problems, Is.Empty);
        Assert.That(subjects.Cast<ExecSubject>().Select(s => (s.IdStart, string.Join(' ', s.Arguments))),
            Is.EqualTo([("exec.data", "-v"), ("exec.test_maps_sh", "-v")]));
    }

    [Test]
    public void Arguments_without_a_program_and_programs_that_are_not_there_are_problems()
    {
        var problems = new List<string>();
        Assert.That(_input.Read(Options([], ["-v"]), problems), Is.Empty);
        Assert.That(_input.Read(Options([_directory["missing"]], []), problems), Is.Empty);
        Assert.That(problems, Is.EqualTo(
        [
            "--exec-arg '-v' is an argument of no program: there is no --exec",
            $"--exec: no such file: {_directory["missing"]}",
        ]));
    }

    [TestCase("hostfs", true)]
    [TestCase("initramfs", false)]
    public void A_guest_is_named_by_an_entry_or_for_all_programs_of_the_command_line(string guest, bool seesHost)
    {
        var subject = Read($"exec: data\nguest: {guest}");
        Assert.That(subject.SeesHost, Is.EqualTo(seesHost));
        Assert.That(subject.KernelOptions.Contains("CONFIG_9P_FS=y"), Is.EqualTo(seesHost));
        var problems = new List<string>();
        var named = _input.Read(Options([_directory["data"]], [], guest), problems).Cast<ExecSubject>();
        Assert.That(named.Select(s => s.SeesHost), Is.EqualTo([seesHost]));
        Assert.That(problems, Is.Empty);
    }

    [TestCase("hostfs", new string[0], "--guest 'hostfs' is the guest of no program: there is no --exec")]
    [TestCase("vm", new[] { "data" }, "--guest: 'vm' is no guest: write initramfs or hostfs")]
    public void A_guest_of_nothing_or_of_no_kind_is_a_problem(string guest, string[] programs, string problem)
    {
        var problems = new List<string>();
        _input.Read(Options([.. programs.Select(p => _directory[p])], [], guest), problems);
        Assert.That(problems, Is.EqualTo([problem]));
    }

    private static ProbeOptionValues Options(string[] files, string[] arguments, string guest) =>
        new(new Dictionary<string, IReadOnlyList<string>>(Options(files, arguments).ByOption)
        {
            ["--guest"] = [guest],
        });

    private static ProbeOptionValues Options(string[] files, string[] arguments) =>
        new(new Dictionary<string, IReadOnlyList<string>> { ["--exec"] = files, ["--exec-arg"] = arguments });

    private ExecSubject Read(string entry) =>
        (ExecSubject)Load("  - " + entry.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n")
            .Probes.Single().Subjects.Single();

    private MatrixSpec Load(string entries) =>
        Matrices.Load(_directory.Write("kernels.yaml", $"kernels: [image: data]\nprobes:\n{entries}"));
}
