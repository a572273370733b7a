using System.Text.Json;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>Two probes ask the same kernels, in the same boot.</summary>
public sealed class SeveralProbesRunTests
{
    private const string ToyReport = "header 1; line 'ok 1 toy.works # want=accept outcome=accept'; end 1";

    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task A_row_has_the_cases_of_both_and_the_run_names_them()
    {
        var document = await _lab.RunAsync(Plan("whole", ToyReport));
        var kernel = document.Kernels.Single();
        Assert.That(kernel.Cases.Select(c => c.Id), Is.EqualTo(new[] { "raw.a", "raw.b", "toy.works" }));
        Assert.That(document.Run.Probes.Select(p => (p.Name, p.Title, p.Sha256, p.Cases)), Is.EqualTo(new[]
        {
            ("inner-maps", "Where struct-typed inner maps work", Samples.Sha256, 2),
            ("toy", ToyProbe.Instance.Title, "7074", 1),
        }));
        Assert.That(document.Run.Prober, Is.EqualTo(new ProberInfo(Samples.Sha256, 2)));
    }

    [Test]
    public async Task What_both_reported_is_kept_in_one_file()
    {
        await _lab.RunAsync(Plan("whole", ToyReport));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_lab.Run, "ktap", "debian-6.1.5.ktap")),
            Does.Contain("probe=inner-maps").And.Contain("probe=toy"));
    }

    [Test]
    public async Task A_crash_names_the_probe_that_met_it()
    {
        var plan = Plan("whole", "header 1; say 'BUG: kernel NULL pointer dereference'");
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That(kernel.Reason, Does.StartWith("with toy: BUG: kernel NULL pointer dereference"));
        Assert.That(kernel.Console, Is.EqualTo("console/debian-6.1.5.log"));
    }

    [Test]
    public async Task A_probe_without_a_selected_case_is_none_of_the_run()
    {
        var plan = Plan("whole", "exit 1");
        var (first, toy) = (plan.Programs[0], plan.Programs[1]);
        var document = await _lab.RunAsync(plan with { Programs = [first, toy with { Cases = [] }] });
        Assert.That(document.Run.Probes.Select(p => p.Name), Is.EqualTo(new[] { "inner-maps" }));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public void Each_probe_notes_its_own_facts_about_its_own_programs()
    {
        var (inner, toy) = (Program("inner-maps", "raw.a"), Program("toy", "toy.works"));
        var programs = new RunPrograms(
        [
            new PreparedProbe(Samples.Probes.All[0],
                new ProbePrograms(inner) { Facts = tasks => Count("inner", tasks) }),
            new PreparedProbe(ToyProbe.Instance, new ProbePrograms(toy) { Facts = tasks => Count("toys", tasks) }),
        ]);
        Assert.That(programs.All, Is.EqualTo(new[] { inner, toy }));
        var facts = programs.Facts([new ProgramTask(toy, toy.Cases), new ProgramTask(inner, [])]);
        Assert.That(facts.Select(f => (f.Key, f.Value.GetRawText())),
            Is.EqualTo(new[] { ("inner", "0"), ("toys", "1") }));
    }

    [Test]
    public void A_boot_leaves_out_what_every_probe_and_each_of_its_programs_does_without()
    {
        var careful = ToyProbe.Instance with { DoesWithout = [KernelArea.Pci, KernelArea.Acpi, KernelArea.Tracing] };
        var toys = new ProbePrograms(Program("toy", "toy.works")) { Needs = [KernelArea.Tracing] };
        var inner = new PreparedProbe(
            Samples.Probes.All[0] with { DoesWithout = [KernelArea.Pci, KernelArea.Tracing] },
            new ProbePrograms(Program("inner-maps", "raw.a")));
        Assert.That(new RunPrograms([inner, new PreparedProbe(careful, toys)]).DoesWithout,
            Is.EquivalentTo(new[] { KernelArea.Pci }));
        Assert.That(new RunPrograms([inner, new PreparedProbe(ToyProbe.Instance, toys)]).DoesWithout, Is.Empty);
    }

    private static Dictionary<string, JsonElement> Count(string name, IReadOnlyList<ProgramTask> tasks) =>
        new() { [name] = JsonSerializer.SerializeToElement(tasks.Single().Cases.Count) };

    private static NativeProgram Program(string probe, string id) =>
        new(probe, "/nowhere", Samples.Sha256, [new ProbeCase(id, Outcome.Accept, "")]);

    /// <summary>A kernel whose first probe does the one, and its second the other.</summary>
    private RunPlan Plan(string first, string second)
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", $"probe=inner-maps; {first}; probe=toy; {second}"));
        var toy = new NativeProgram("toy", _lab["toy"], "7074", [new ProbeCase("toy.works", Outcome.Accept, "")]);
        File.WriteAllText(toy.Path, "stands in for a toy");
        return plan with
        {
            Programs = [.. plan.Programs, new ProgramTask(toy, toy.Cases)],
            Probes = new ProbeList([.. Samples.Probes.All, ToyProbe.Instance]),
        };
    }
}
