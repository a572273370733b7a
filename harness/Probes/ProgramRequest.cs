using Harness.Machines;
using Harness.Yaml;

namespace Harness.Probes;

/// <summary>What a probe's programs are made for, and where.</summary>
/// <param name="Repository">
/// The checkout. <c>bpf/</c> in it has the programs' sources, and what <c>make build</c> made of them.
/// </param>
/// <param name="CacheRoot">The user's cache, for programs that are built for a matrix.</param>
/// <param name="Sections">What the matrix says in the sections that probes contribute.</param>
/// <param name="Tell">Is called with what takes long, a line each time.</param>
public sealed record ProgramRequest(
    Repository Repository, string CacheRoot, YamlSections Sections, Action<string> Tell)
{
    /// <summary>The machine whose guests the programs run in.</summary>
    public Machine Machine { get; init; } = MachineList.Default;

    /// <summary>
    /// What users handed to this probe; empty for a probe without <see cref="Probe.Input"/>, and only for such.
    /// </summary>
    public IReadOnlyList<ProbeSubject> Subjects { get; init; } = [];
}
