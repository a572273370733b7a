using Harness.Cache;
using Harness.Matrix;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>A run about what a user handed to a probe, with fake kernels.</summary>
public sealed class SubjectRunTests
{
    private const string Header = "header 1; line '# text sample.a out |first'; line '# text sample.a out |second'; "
        + "line 'ok 1 sample.a # want=accept outcome=accept'; end 1";

    private static readonly ProbeCase _case = new("sample.a", Outcome.Accept, "") { Opens = true };

    private static readonly Probe _probe = SampleInput.Probe with
    {
        Interpret = report => [.. report.Cases, .. report.Texts.SelectMany(text => text.Text.Split('\n')
            .Where(line => line.Length > 0).Select(line => report.Cases[0] with { Id = $"{text.Case}.{line}" }))],
        Files = report => report.Texts.Select(text => new CaseFile(text.Case, text.Name, text.Text)),
    };

    private RunLab _lab = null!;

    [SetUp]
    public void Make_a_lab() => _lab = new RunLab();

    [TearDown]
    public void Remove_it()
    {
        _lab.KillProcesses();
        _lab.Dispose();
    }

    [Test]
    public async Task An_answer_that_opens_holds_further_cases_and_its_text_is_kept_beside_the_console()
    {
        var kernel = (await _lab.RunAsync(Plan([]))).Kernels.Single();
        Assert.That(kernel.Status, Is.EqualTo(KernelStatus.Tested), kernel.Reason);
        Assert.That(kernel.Cases.Select(c => c.Id),
            Is.EqualTo(new[] { "sample.a", "sample.a.first", "sample.a.second" }));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Run, "console", "debian-6.1.5.sample.a.out.log")),
            Is.EqualTo("first\nsecond\n"));
    }

    [Test]
    public async Task Of_these_only_those_are_kept_that_are_asked_for()
    {
        var plan = Plan([new Glob("sample.a.sec*")]);
        Assert.That(plan.GuestGlobs, Is.EqualTo(new[] { "sample.a.sec*", "sample.a" }),
            "the guest knows the whole alone");
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That(kernel.Cases.Select(c => c.Id), Is.EqualTo(new[] { "sample.a", "sample.a.second" }));
    }

    [Test]
    public async Task Where_none_of_these_is_there_the_case_that_was_to_hold_them_has_no_verdict()
    {
        var kernel = (await _lab.RunAsync(Plan([new Glob("sample.a.thrid")]))).Kernels.Single();
        Assert.That(kernel.Cases.Select(c => (c.Id, c.Status, c.Reason)), Is.EqualTo(new[]
        {
            ("sample.a", CaseStatus.Error, "its answer holds no case that was asked for"),
        }));
    }

    [Test]
    public async Task A_text_of_a_case_that_was_not_asked_is_nobodys()
    {
        var plan = Plan([], "header 1; line '# text sample.b out |x'; line '# text ../../../evil out |x'; "
            + "line 'ok 1 sample.a # want=accept outcome=accept'; end 1");
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count), Is.EqualTo((KernelStatus.Tested, 1)), kernel.Reason);
        Assert.That(Directory.GetFiles(_lab["."], "*.out.log", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task Two_programs_that_want_different_files_at_one_place_have_no_guest()
    {
        var plan = Plan([]);
        var task = plan.Programs[0];
        NativeProgram With(byte content, string probe) => (task.Program with { Probe = probe })
            .With([new GuestFile("/words/a", [content])]);
        var document = await _lab.RunAsync(plan with
        {
            Programs = [task with { Program = With(1, "sample") }, task with { Program = With(2, "inner-maps") }],
        });
        Assert.That(document.Kernels.Single().Status, Is.EqualTo(KernelStatus.InfraError));
        Assert.That(document.Kernels.Single().Reason, Does.EndWith("two programs want different files at /words/a"));
    }

    [Test]
    public async Task What_a_probe_makes_of_a_report_beyond_what_was_asked_is_left_out()
    {
        var plan = Plan([]);
        var lying = _probe with { Interpret = r => [r.Cases[0], r.Cases[0] with { Id = "raw.a" }] };
        var kernel = (await _lab.RunAsync(plan with { Probes = new ProbeList([.. Samples.Probes.All, lying]) }))
            .Kernels.Single();
        Assert.That(kernel.Cases.Select(c => c.Id), Is.EqualTo(new[] { "sample.a" }));
    }

    [Test]
    public async Task A_guest_has_the_files_of_its_programs_and_the_list_of_cases_that_the_matrix_chose()
    {
        var entry =
            new ProbeEntry(_probe, [new SampleInput.Subject("here", "sample.a", false)], [new Glob("*.second")]);
        var plan = Plan([]);
        var program = plan.Programs[0].Program.With([new GuestFile("/words/a", "a word"u8.ToArray())]);
        var prepared = new PreparedProbe(_probe, new ProbePrograms(program)) { Entries = [entry] };
        var kernel = (await _lab.RunAsync(plan with { Programs = [prepared.Task(program, [])] })).Kernels.Single();
        var image = Directory.GetFiles(CacheKind.Guests.In(_lab.Environment.CacheRoot)).Single();
        var files = CpioReader.Read(File.ReadAllBytes(image)).ToDictionary(file => file.Name, file => file.Content);
        Assert.That(files["words/a"], Is.EqualTo("a word"u8.ToArray()));
        Assert.That(files["cases/sample"], Is.EqualTo("sample.a\n"u8.ToArray()));
        Assert.That(kernel.Cases.Select(c => c.Id), Is.EqualTo(new[] { "sample.a", "sample.a.second" }));
    }

    [Test]
    public async Task Where_no_case_is_asked_for_a_kernel_boots_and_is_asked_nothing()
    {
        var plan = Plan([new Glob("none")], "header 0; end 0");
        var document = await _lab.RunAsync(plan with { Programs = RunLab.Asking(plan, []) });
        Assert.That((document.Kernels.Single().Status, document.Kernels.Single().Cases.Count),
            Is.EqualTo((KernelStatus.Tested, 0)));
        Assert.That(RunExitCode.Of(document), Is.Zero);
    }

    [Test]
    public async Task What_could_not_be_asked_about_is_never_part_of_a_green_run()
    {
        var plan = Plan([]) with { NotAsked = [new NotAsked("sample", "b", "it is no word")] };
        var document = await _lab.RunAsync(plan);
        Assert.That(document.Run.NotAsked, Is.EqualTo(plan.NotAsked));
        Assert.That(RunExitCode.Of(document), Is.EqualTo(3));
        Assert.That(Samples.Probes.Read(_lab.Run).Run.NotAsked, Is.EqualTo(plan.NotAsked));
    }

    private RunPlan Plan(IReadOnlyList<Glob> globs, string guest = Header)
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", guest));
        var program = new NativeProgram("sample", plan.Programs[0].Program.Path, Samples.Sha256, [_case]);
        return plan with
        {
            Probes = new ProbeList([.. Samples.Probes.All, _probe]),
            Programs = [new PreparedProbe(_probe, new ProbePrograms(program)).Task(program, globs)],
            CaseGlobs = globs,
        };
    }
}
