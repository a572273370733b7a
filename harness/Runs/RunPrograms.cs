using System.Text.Json;
using Harness.Machines;
using Harness.Matrix;
using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>The programs of a run.</summary>
/// <param name="Probes">In the order in which they ask.</param>
public sealed record RunPrograms(IReadOnlyList<PreparedProbe> Probes)
{
    /// <summary>Each probe's first program, then the further ones.</summary>
    public IReadOnlyList<NativeProgram> All =>
        [.. Probes.Select(p => p.Programs.First), .. Probes.SelectMany(p => p.Programs.Further)];

    /// <summary>What the programs are to run, in the order of <see cref="All"/>.</summary>
    /// <param name="globs">The selection of the command line; empty for all cases.</param>
    public IReadOnlyList<ProgramTask> Tasks(IReadOnlyList<Glob> globs) =>
    [
        .. Probes.Select(p => p.Task(p.Programs.First, globs)),
        .. Probes.SelectMany(p => p.Programs.Further.Select(program => p.Task(program, globs))),
    ];

    /// <summary>What users handed to the probes, and no kernel can be asked about.</summary>
    public IReadOnlyList<NotAsked> NotAsked => [.. Probes.SelectMany(p => p.Programs.NotAsked)];

    /// <summary>What a reader of the run should know of the programs.</summary>
    public IReadOnlyList<string> Notes => [.. Probes.SelectMany(p => p.Programs.Notes)];

    /// <summary>What the authors of the subjects foresee.</summary>
    public IReadOnlyList<Expectation> Foreseen => [.. Probes.SelectMany(p => AskedProbes.Foreseen(p.Entries))];

    /// <summary>What a kernel is built with, so that it can answer one case.</summary>
    /// <param name="program">Has the case.</param>
    public KernelOptions OptionsFor(string caseId, NativeProgram program) => KernelOptions.Of(
    [
        .. Probes.Where(p => p.Probe.Name == program.Probe).Select(p => p.Probe.OptionsFor(o => o.Matches(caseId))),
        .. Probes.SelectMany(p => p.Entries).SelectMany(e => e.Subjects).Where(s => s.AllCases.Matches(caseId))
            .Select(s => new KernelOptions(s.KernelOptions, [])),
    ]);

    /// <summary>A part of the kernel that every probe does without can be left out.</summary>
    public IReadOnlySet<KernelArea> DoesWithout =>
        Enum.GetValues<KernelArea>().Where(area => Probes.All(p => p.DoesWithout.Contains(area))).ToHashSet();

    /// <summary>
    /// Prepares the same programs for the kernels of another machine; <c>null</c> where that cannot be done. It throws
    /// a <see cref="HarnessException"/> when a program is not built for the machine.
    /// </summary>
    public Func<Machine, CancellationToken, Task<IReadOnlyList<NativeProgram>>>? ForMachine { get; init; }

    /// <summary>What the probes note of their own in <c>run</c>, by the field's name.</summary>
    /// <param name="tasks">What each program is asked, in whatever order.</param>
    public IDictionary<string, JsonElement> Facts(IReadOnlyList<ProgramTask> tasks)
    {
        var facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (probe, programs) in Probes)
        {
            foreach (var (name, fact) in programs.Facts([.. tasks.Where(t => t.Program.Probe == probe.Name)]))
            {
                facts[name] = fact;
            }
        }
        return facts;
    }
}
