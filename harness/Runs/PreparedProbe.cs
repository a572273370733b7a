using Harness.Machines;
using Harness.Matrix;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>A probe, and the programs that it asks with.</summary>
public sealed record PreparedProbe(Probe Probe, ProbePrograms Programs)
{
    /// <summary>What it asks about; empty for all of its own questions.</summary>
    public IReadOnlyList<ProbeEntry> Entries { get; init; } = [];

    /// <summary>Parts of the kernel that its programs leave alone.</summary>
    public IEnumerable<KernelArea> DoesWithout => Probe.DoesWithout.Except(Programs.Needs);

    /// <summary>What one of its programs is to run.</summary>
    /// <param name="globs">The selection of the command line; empty for all cases.</param>
    public ProgramTask Task(NativeProgram program, IReadOnlyList<Glob> globs)
    {
        var isNarrowed = Entries.Any(entry => entry.Cases.Count > 0);
        IReadOnlyList<ProbeCase> cases = program.Select(globs);
        return new ProgramTask(program, isNarrowed ? [.. cases.Where(c => Entries.Any(e => e.Asks(c)))] : cases)
        {
            IsNarrowed = isNarrowed,
            Keeps = id => globs.Choose(id) && (!isNarrowed || Entries.Any(entry => entry.Asks(id))),
        };
    }
}
