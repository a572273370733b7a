using System.Text.Json;
using Harness.Machines;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>The programs of a run.</summary>
/// <param name="Probes">In the order in which they ask.</param>
public sealed record RunPrograms(IReadOnlyList<PreparedProbe> Probes)
{
    /// <summary>Each probe's first program, then the further ones.</summary>
    public IReadOnlyList<NativeProgram> All =>
        [.. Probes.Select(p => p.Programs.First), .. Probes.SelectMany(p => p.Programs.Further)];

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
