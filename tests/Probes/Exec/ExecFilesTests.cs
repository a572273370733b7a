using System.Text;
using Harness.Machines;
using Harness.Probes;
using Harness.Probes.Exec;

namespace Harness.Tests.Probes.Exec;

/// <summary>What comes along with a program, and which files are no programs.</summary>
public sealed class ExecFilesTests
{
    private const string Main = "int main(void) { return 0; }";

    /// <summary>Where the number of the machine stands (e_machine of elf(5)).</summary>
    private const int Machine = 0x12;

    private CompiledPrograms _programs = null!;

    [OneTimeSetUp]
    public void Make_a_directory() => _programs = new CompiledPrograms();

    [OneTimeTearDown]
    public void Remove_it() => _programs.Dispose();

    [Test]
    public async Task A_static_program_comes_alone_with_its_task()
    {
        var path = await _programs.CompileAsync("alone", Main, "-static");
        var files =
            Add(Subject(path) with { Arguments = ["-v", "a=b c"], Variables = ["X=1"], Timeout = 9, ExitCode = 3 });
        Assert.That(files.Select(file => (file.Path, file.Permissions)), Is.EqualTo(
            [("/exec/alone", GuestFile.Readable), ("/programs/alone/alone", GuestFile.Executable)]));
        Assert.That(Encoding.UTF8.GetString(files[0].Content), Is.EqualTo(
            "program=/programs/alone/alone\0directory=/programs/alone\0arg=-v\0arg=a=b "
                + "c\0env=X=1\0timeout=9\0expect=3\0"));
    }

    [Test]
    public async Task A_dynamic_program_brings_its_loader_and_its_libraries_at_their_paths()
    {
        var path = await _programs.CompileAsync("usual", Main);
        var files = Add(Subject(path)).Select(file => file.Path).ToList();
        Assert.That(files, Has.Some.Matches("/ld-linux.*[.]so[.]").And.Some.Matches("/lib/.*libc[.]so[.]6$")
            .And.Some.EndsWith("/libgcc_s.so.1"), "which pthread_exit(3) loads");
        Assert.That(files, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task A_library_beside_a_program_stays_beside_it_and_brings_its_own()
    {
        Directory.CreateDirectory(_programs["lib"]);
        await _programs.CompileAsync("lib/libinner.so", "int inner(void) { return 1; }", "-shared", "-fPIC");
        await _programs.CompileAsync("lib/libouter.so", "int inner(void); int outer(void) { return inner(); }",
            "-shared", "-fPIC", "-Llib", "-linner", "-Wl,-rpath,$ORIGIN");
        var path = await _programs.CompileAsync("beside", "int outer(void); int main(void) { return outer(); }",
            "-Llib", "-louter", "-Wl,-rpath-link,lib", "-Wl,--enable-new-dtags,-rpath,$ORIGIN/lib");
        Assert.That(Add(Subject(path)).Select(file => file.Path),
            Is.SupersetOf(["/programs/beside/lib/libouter.so", "/programs/beside/lib/libinner.so"]));
    }

    [Test]
    public async Task An_rpath_of_a_program_holds_for_the_libraries_of_its_libraries_and_a_runpath_does_not()
    {
        Directory.CreateDirectory(_programs["deep"]);
        await _programs.CompileAsync("deep/libbelow.so", "int below(void) { return 1; }", "-shared", "-fPIC");
        await _programs.CompileAsync("deep/libabove.so", "int below(void); int above(void) { return below(); }",
            "-shared", "-fPIC", "-Ldeep", "-lbelow");
        const string Code = "int above(void); int main(void) { return above(); }";
        string[] link = ["-Ldeep", "-labove", "-Wl,-rpath-link,deep"];
        var inherited = await _programs.CompileAsync(
            "rpath", Code, [.. link, "-Wl,--disable-new-dtags,-rpath,$ORIGIN/deep"]);
        var own =
            await _programs.CompileAsync("runpath", Code, [.. link, "-Wl,--enable-new-dtags,-rpath,$ORIGIN/deep"]);
        Assert.That(Add(Subject(inherited)).Select(f => f.Path), Has.Member("/programs/rpath/deep/libbelow.so"));
        Assert.That(Problem(Subject(own)), Is.EqualTo(
            "needs the library libbelow.so, which is not on this machine (libabove.so needs it)"));
    }

    [Test]
    public async Task A_library_is_taken_from_the_files_of_the_entry_where_its_environment_says()
    {
        await _programs.CompileAsync("libgiven.so", "int given(void) { return 1; }", "-shared", "-fPIC");
        var path = await _programs.CompileAsync("given", "int given(void); int main(void) { return given(); }",
            "-L.", "-lgiven");
        var files = Add(Subject(path) with
        {
            Variables = ["LD_LIBRARY_PATH=/opt/own"],
            Files = [new PlacedFile(_programs["libgiven.so"], "/opt/own/libgiven.so")],
        });
        Assert.That(files.Count(file => file.Path == "/opt/own/libgiven.so"), Is.EqualTo(1));
        Assert.That(Problem(Subject(path)), Is.EqualTo("needs the library libgiven.so, which is not on this machine"));
    }

    [Test]
    public async Task A_library_from_an_unusual_directory_brings_the_cache_that_leads_there()
    {
        await _programs.CompileAsync("libfar.so", "int far(void) { return 1; }", "-shared", "-fPIC");
        var path =
            await _programs.CompileAsync("far", "int far(void); int main(void) { return far(); }", "-L.", "-lfar");
        var cache = LibraryCache.Parse($"\tlibfar.so (libc6,x86-64) => {_programs["libfar.so"]}\n");
        Assert.That(Add(Subject(path), cache).Select(file => file.Path),
            Is.SupersetOf([_programs["libfar.so"], "/etc/ld.so.cache"]));
    }

    [Test]
    public void The_cache_passes_by_libraries_for_better_cpus() =>
        Assert.That(
            LibraryCache.Parse("2 libs found\n\tliba.so (libc6,x86-64, hwcap: \"x86-64-v3\") => /v3/liba.so\n"
                + "\tliba.so (libc6,x86-64) => /v1/liba.so\nCache generated by: ldconfig\n").Find("liba.so"),
            Is.EqualTo(["/v1/liba.so"]));

    [Test]
    public void A_script_brings_its_interpreter_and_the_program_that_env_calls()
    {
        var files = Add(Subject(_programs.Script("run.sh", "#!/usr/bin/env -S sh -e\nexit 0\n")));
        Assert.That(files.Select(file => file.Path),
            Is.SupersetOf(["/programs/run_sh/run.sh", "/usr/bin/env", "/usr/bin/sh"]));
    }

    [Test]
    public async Task Two_programs_share_the_libraries_and_keep_their_own_files()
    {
        var path = await _programs.CompileAsync("twice", Main);
        var text = _programs.Script("data", "text");
        var files = new ExecFiles(MachineList.Default, LibraryCache.Empty);
        var first = Subject(path) with { Files = [new PlacedFile(text, null)] };
        Assert.That(files.Add(first).Problem, Is.Null);
        Assert.That(files.Add(first with { IdStart = "exec.twice-2" }).Problem, Is.Null);
        string[] wanted = ["/exec/twice", "/exec/twice-2", "/programs/twice/data", "/programs/twice-2/data"];
        Assert.That(files.All.Select(file => file.Path), Is.Unique.And.SupersetOf(wanted));
    }

    [Test]
    public async Task Two_programs_that_want_different_files_at_one_place_cannot_both_be_asked()
    {
        var path = await _programs.CompileAsync("clash", Main, "-static");
        var files = new ExecFiles(MachineList.Default, LibraryCache.Empty);
        var one = Subject(path) with { Files = [new PlacedFile(_programs.Script("one", "1"), "/etc/conf")] };
        var two = Subject(path) with
        {
            IdStart = "exec.two",
            Files = [new PlacedFile(_programs.Script("two", "2"), "/etc/conf")],
        };
        Assert.That(files.Add(one).Problem, Is.Null);
        Assert.That(files.Add(two).Problem,
            Is.EqualTo($"needs {_programs["two"]} as /etc/conf, where another program has another file"));
        Assert.That(files.All.Select(file => file.Path), Has.No.Member("/exec/two"), "nothing of it stays");
    }

    [Test]
    public async Task What_is_no_program_says_why()
    {
        var arm = await File.ReadAllBytesAsync(await _programs.CompileAsync("own", Main, "-static"));
        (arm[Machine], arm[Machine + 1]) = (183, 0);
        var big = _programs.Script("big", "#!/bin/sh\n");
        using (var file = new FileStream(big, FileMode.Open))
        {
            file.SetLength(ExecFiles.MostBytes + 1);
        }
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ProblemOf("text", "hello"),
                Is.EqualTo("is neither an ELF program nor a script that begins with #!"));
            Assert.That(ProblemOf("empty", ""), Is.EqualTo("is empty"));
            Assert.That(ProblemOf("other", "#!/no/such/thing -x\n"),
                Is.EqualTo("is a script for /no/such/thing, which is not on this machine"));
            Assert.That(ProblemOf("env", "#!/usr/bin/env no-such-thing\n"),
                Does.StartWith("is a script for no-such-thing, which is not on this machine (/usr/local/sbin:"));
            Assert.That(ProblemOf("py", "#!/usr/bin/env python3\n"), Does.StartWith(
                "is a script for /usr/bin/python3, which does not start without its modules"));
            Assert.That(Problem(Subject(_programs.Script("arm", arm))),
                Is.EqualTo("is a program for AArch64, and the kernels are for x86_64"));
            Assert.That(Problem(Subject(_programs.Script("cut", "\u007fELF\u0002\u0001\u0001"))),
                Is.EqualTo("is an ELF file that is cut short or damaged"));
            Assert.That(Problem(Subject(_programs["data.txt"])), Does.StartWith("cannot be read: "));
            Assert.That(Problem(Subject(big)), Does.StartWith($"does not fit: with {big} its files"));
        }
        var plain = _programs.Script("plain", "#!/bin/sh\n");
        File.SetUnixFileMode(plain, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.That(Problem(Subject(plain)), Is.EqualTo("is not executable (chmod +x)"));
    }

    [Test]
    public async Task An_object_file_is_no_program()
    {
        var path = await _programs.CompileAsync("part.o", Main, "-c");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.That(Problem(Subject(path)), Is.EqualTo("is an ELF file, and no program: it is not linked"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_damaged_program_is_read_without_an_exception()
    {
        var whole = await File.ReadAllBytesAsync(await _programs.CompileAsync("whole", Main));
        var random = new Random(1);
        var answers = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 400; i++)
        {
            var bytes = whole[..(i % 4 == 0 ? random.Next(4, whole.Length) : whole.Length)];
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                // Headers, or the dynamic section and its names, which lie at the end of the data.
                var at = random.Next(2) == 0
                    ? random.Next(4, Math.Min(1024, bytes.Length))
                    : random.Next(4, bytes.Length);
                bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)random.Next(256);
            }
            answers.Add(Problem(Subject(_programs.Script("damaged", bytes))) ?? "");
        }
        Assert.That(answers, Has.Member("").And.Member("is an ELF file that is cut short or damaged"));
    }

    [Test]
    public async Task A_program_of_another_machine_is_asked_there_and_here_the_guest_says_why_not()
    {
        var own = await _programs.CompileAsync("both", Main, "-static");
        var bytes = await File.ReadAllBytesAsync(own);
        (bytes[Machine], bytes[Machine + 1]) = (183, 0);
        var other = MachineList.Default with { Name = "aarch64", ElfMachine = 183 };
        ExecSubject[] subjects = [Subject(own), Subject(_programs.Script("arm64", bytes))];

        Assert.That(Tasks(MachineList.Default, [MachineList.Default, other]), Is.EqualTo(new[]
        {
            ("/exec/arm64", "skip=it is a program for AArch64, and the kernels are for x86_64"),
            ("/exec/both", "expect=0"),
        }));
        Assert.That(Tasks(other, [MachineList.Default, other]), Is.EqualTo(new[]
        {
            ("/exec/arm64", "expect=0"),
            ("/exec/both", "skip=it is a program for AMD64, and the kernels are for aarch64"),
        }));
        var alone = ExecProgram.Choose(subjects, MachineList.Default, LibraryCache.Empty, [MachineList.Default]);
        Assert.That(alone.NotAsked.Single().Why,
            Is.EqualTo("it is a program for AArch64, and the kernels are for x86_64"), "no kernel could run it");

        IEnumerable<(string, string)> Tasks(Machine machine, IReadOnlyList<Machine> machines)
        {
            var (files, asked, notAsked, _) = ExecProgram.Choose(subjects, machine, LibraryCache.Empty, machines);
            Assert.That((asked.Count, notAsked.Count), Is.EqualTo((2, 0)));
            return files.All.Where(file => file.Path.StartsWith("/exec/", StringComparison.Ordinal))
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => (file.Path, Encoding.UTF8.GetString(file.Content).Split('\0')[^2]));
        }
    }

    [Test]
    public void What_needs_more_libraries_than_any_program_is_damaged()
    {
        Assert.That(Problem(Subject(_programs.Script("many", HostileElf.Needing(1001, "libc.so.6", "")))),
            Is.EqualTo("is an ELF file that is cut short or damaged"));
        Assert.That(Problem(Subject(_programs.Script("long", HostileElf.Needing(1, new string('x', 5000), "")))),
            Is.EqualTo("is an ELF file that is cut short or damaged"));
        Assert.That(Problem(Subject(_programs.Script("paths", HostileElf.Needing(1, "a", new string('x', 20_000))))),
            Is.EqualTo("is an ELF file that is cut short or damaged"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Libraries_are_searched_in_so_many_places_and_no_more()
    {
        Directory.CreateDirectory(_programs["hoard"]);
        var places = string.Join(':', Enumerable.Repeat("$ORIGIN", 1800));
        for (var i = 0; i < 40; i++)
        {
            // Each names the next one, and inherits the directories of all before it.
            File.WriteAllBytes(_programs["hoard", $"next{i + 1}"], HostileElf.Needing(1, $"next{i + 2}", places));
        }
        var path = _programs.Script("hoard/first", HostileElf.Needing(1, "next1", places));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(Problem(Subject(path) with { Files = [new PlacedFile(_programs["hoard", "next1"], null)] }),
            Does.StartWith("has its libraries searched in more than 50,000 places"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(200L << 20));
    }

    [Test]
    public void Of_a_file_of_any_size_only_its_headers_are_read()
    {
        var path = _programs.Script("sparse", HostileElf.Needing(1, "libnone.so", ""));
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(1L << 40);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(Problem(Subject(path)), Is.EqualTo("needs the library libnone.so, which is not on this machine"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4L << 20));
    }

    [Test]
    public async Task A_program_of_the_c_library_alone_finds_no_events_in_tracefs() =>
        Assert.That(MayTrace(Subject(await _programs.CompileAsync("untraced", Main))), Is.False);

    [TestCase("tracing", "/sys/kernel/tracing")]
    [TestCase("mounts", "tracefs")]
    [TestCase("older", "/sys/kernel/debug")]
    [TestCase("debugs", "debugfs")]
    public async Task Who_names_tracefs_gets_it(string name, string place)
    {
        var code = $"#include <stdio.h>\nint main(void) {{ return puts(\"{place}\"); }}";
        Assert.That(MayTrace(Subject(await _programs.CompileAsync(name, code))), Is.True);
    }

    [Test]
    public async Task So_does_who_is_told_its_name_or_has_it_in_a_library_or_a_file()
    {
        var plain = await _programs.CompileAsync("told", Main, "-static");
        Assert.That(MayTrace(Subject(plain)), Is.False);
        Assert.That(MayTrace(Subject(plain) with { Arguments = ["/sys/kernel/tracing"] }), Is.True);
        Assert.That(MayTrace(Subject(plain) with { Variables = ["ROOT=/sys/kernel/debug"] }), Is.True);
        var file = _programs.Script("paths", "/sys/kernel/tracing/events\n");
        Assert.That(MayTrace(Subject(plain) with { Files = [new PlacedFile(file, null)] }), Is.True);
        await _programs.CompileAsync("libtraces.so", "const char *where(void) { return \"/sys/kernel/tracing\"; }",
            "-shared", "-fPIC");
        var path = await _programs.CompileAsync(
            "linked", "const char *where(void); int main(void) { return !where(); }", "-L.", "-ltraces",
            "-Wl,-rpath,$ORIGIN");
        Assert.That(MayTrace(Subject(path)), Is.True);
    }

    [TestCase("sched_ext")]
    [TestCase("scx_bpf_dispatch")]
    public async Task Who_names_sched_ext_gets_it_and_nothing_else(string name)
    {
        var code = $"#include <stdio.h>\nint main(void) {{ return puts(\"{name}\"); }}";
        Assert.That(Needs(Subject(await _programs.CompileAsync(name, code))), Is.EqualTo([KernelArea.SchedExt]));
    }

    [Test]
    public void So_does_a_script_which_may_find_it_by_a_pattern() =>
        Assert.That(Needs(Subject(_programs.Script("finds.sh", "#!/bin/sh\nls /sys/kernel/*\n"))),
            Is.EquivalentTo([KernelArea.Tracing, KernelArea.SchedExt]));

    private string? ProblemOf(string name, string text) => Problem(Subject(_programs.Script(name, text)));

    private static string? Problem(ExecSubject subject) =>
        new ExecFiles(MachineList.Default, LibraryCache.Empty).Add(subject).Problem;

    private static ExecSubject Subject(string path) =>
        new("--exec", $"exec.{IdParts.Of(Path.GetFileName(path))}", path);

    private static IReadOnlyList<GuestFile> Add(ExecSubject subject, LibraryCache? cache = null)
    {
        var files = new ExecFiles(MachineList.Default, cache ?? LibraryCache.Empty);
        Assert.That(files.Add(subject).Problem, Is.Null);
        return files.All;
    }

    private static bool MayTrace(ExecSubject subject) => Needs(subject).Contains(KernelArea.Tracing);

    private static IReadOnlyList<KernelArea> Needs(ExecSubject subject)
    {
        var files = new ExecFiles(MachineList.Default, LibraryCache.Empty);
        Assert.That(files.Add(subject).Problem, Is.Null);
        return files.Needs;
    }
}
