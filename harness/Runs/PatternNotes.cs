using Harness.Matrix;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>
/// Notes about expectations whose patterns fit no case, whatever the matrix asks with: most likely they are misspelt.
/// </summary>
/// <param name="programs">The programs of a run, with their tables of cases.</param>
/// <param name="probes">All probes: a pattern may be about one that this run does not ask.</param>
internal sealed class PatternNotes(RunPrograms programs, ProbeList probes)
{
    private readonly List<Glob> _notAsked =
    [
        .. probes.All.Where(probe => programs.Probes.All(asked => asked.Probe != probe))
            .SelectMany(probe => probe.Layers).Select(layer => new Glob($"{layer}.*")),
    ];

    private readonly List<string> _ids =
        [.. programs.All.SelectMany(program => program.Cases).Select(c => c.Id).Distinct()];

    private IReadOnlyList<Glob> OtherBuilds => field ??=
    [
        .. programs.Probes.SelectMany(prepared => prepared.Programs.First.Cases
            .SelectMany(c => OfOtherBuilds(prepared.Probe, c.Id))).Distinct().Select(pattern => new Glob(pattern)),
    ];

    public IReadOnlyList<string> Of(IReadOnlyList<Expectation> expectations) =>
    [
        .. expectations.SelectMany(expectation => expectation.Cases.Where(pattern => !FitsSome(pattern))
            .Select(pattern => $"{expectation.At}: the pattern '{pattern}' fits no case of any probe;"
                + " `harness probes` lists them")),
    ];

    private bool FitsSome(Glob pattern) =>
        _ids.Exists(pattern.Matches) || _notAsked.Exists(pattern.Overlaps) || OtherBuilds.Any(pattern.Overlaps);

    /// <summary>Patterns of the ids that the case has where a matrix asks for other builds.</summary>
    private static IEnumerable<string> OfOtherBuilds(Probe probe, string id)
    {
        var parts = id.Split('.');
        var builds = parts.Select(part => probe.BuildParts.FirstOrDefault(b => b.Matches(part))?.Pattern ?? part);
        var built = string.Join('.', builds);
        yield return built;
        foreach (var label in probe.BuildLabels)
        {
            yield return $"{built}.{label}";
        }
    }
}
