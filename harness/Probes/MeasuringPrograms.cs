using Harness.Results;

namespace Harness.Probes;

/// <summary>Which program measured which case of a run: each probe's own, or another build of it.</summary>
public sealed class MeasuringPrograms
{
    private readonly ProbeList _probes;
    private readonly string _first;
    private readonly IReadOnlyList<ProgramVariant> _variants;
    private readonly Dictionary<string, string> _ofProbe;

    public MeasuringPrograms(RunInfo run, ProbeList probes)
    {
        (_probes, _first) = (probes, run.Prober.Sha256);
        _variants = [.. probes.AskedBy(run).SelectMany(p => p.Variants(run))];
        _ofProbe = run.Probes.DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Sha256, StringComparer.Ordinal);
    }

    /// <summary>All of them in words: the run's first program, its further builds, those of other probes.</summary>
    /// <param name="write">How a SHA-256 is written.</param>
    public IEnumerable<string> InWords(Func<string, string> write) =>
    [
        write(_first),
        .. _variants.Select(v => $"{write(v.Sha256)} with {v.Name}"),
        .. _ofProbe.Where(p => p.Value != _first).Select(p => $"{write(p.Value)} of {p.Key}"),
    ];

    /// <summary>The SHA-256 of the program that measured a case.</summary>
    public string Of(string caseId) =>
        _variants.FirstOrDefault(v => caseId.EndsWith($".{v.Label}", StringComparison.Ordinal))?.Sha256
        ?? (_probes.Of(caseId) is { } probe ? _ofProbe.GetValueOrDefault(probe.Name) : null) ?? _first;
}
