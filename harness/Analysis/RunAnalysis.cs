using Harness.Probes;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Makes a document of what kernels answered. Causes, ranges and transitions follow from all kernels together, so a run
/// and a merge of shards both make them anew.
/// </summary>
public static class RunAnalysis
{
    public static RunDocument Of(RunInfo run, IEnumerable<KernelResult> kernels, ProbeList probes)
    {
        var explained = Causes.Explain([.. kernels.Order(KernelOrder.Instance)], probes);
        return new RunDocument(RunDocument.CurrentSchemaVersion, run, explained, Ranges.Compute(explained))
        {
            Transitions = Transitions.Of(explained),
        };
    }
}
