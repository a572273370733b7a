using Harness.Results;

namespace Harness.Probes;

/// <summary>The probes that the harness knows. The first part of a case's id leads to its probe.</summary>
public sealed class ProbeList
{
    private readonly Dictionary<string, Probe> _byLayer = new(StringComparer.Ordinal);

    /// <param name="probes">Runs older than the field <c>run.probes</c> are read as runs of the first one.</param>
    /// <exception cref="ArgumentException">Two probes share a name or a layer.</exception>
    public ProbeList(params IReadOnlyList<Probe> probes)
    {
        All = probes;
        if (probes.Select(p => p.Name).Distinct().Count() != probes.Count)
        {
            throw new ArgumentException("two probes share a name");
        }
        foreach (var probe in probes)
        {
            foreach (var layer in probe.Layers)
            {
                if (!_byLayer.TryAdd(layer, probe))
                {
                    throw new ArgumentException(
                        $"the probes {_byLayer[layer].Name} and {probe.Name} share the layer '{layer}'");
                }
            }
        }
    }

    public IReadOnlyList<Probe> All { get; }

    /// <summary>All layers, in the order in which reports show them.</summary>
    public IEnumerable<string> Layers => All.SelectMany(p => p.Layers);

    /// <summary>The probe of a layer; <c>null</c> for one that no probe has.</summary>
    public Probe? OfLayer(string layer) => _byLayer.GetValueOrDefault(layer);

    /// <summary>The probe that a case belongs to; <c>null</c> where no probe has its layer.</summary>
    public Probe? Of(string caseId) => OfLayer(caseId.Split('.', 2)[0]);

    /// <summary>Takes an id apart as its probe's form says; no report loses a case that is of no known form.</summary>
    public CaseId Parse(string caseId) => (Of(caseId)?.Ids ?? CaseIdForm.Whole).Parse(caseId);

    /// <summary>Reads a run's results, and checks what each probe noted in them first.</summary>
    /// <param name="path">The file, or the run directory that holds it.</param>
    /// <param name="pool">Keeps what several runs have in common; <c>null</c> for a run that is read alone.</param>
    /// <exception cref="ResultsException">The file is missing, damaged, or not of a form that is known.</exception>
    public RunDocument Read(string path, ResultPool? pool = null)
    {
        var document = ResultsFile.Read(path, pool);
        try
        {
            foreach (var probe in All)
            {
                probe.CheckFacts(document.Run);
            }
        }
        catch (ResultsException e)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
        return document;
    }

    /// <summary>The known probes that a run asked, in its order.</summary>
    public IReadOnlyList<Probe> AskedBy(RunInfo run) => run.Probes.Count == 0
        ? [.. All.Take(1)]
        : [.. run.Probes.Select(asked => All.FirstOrDefault(p => p.Name == asked.Name)).OfType<Probe>()];
}
