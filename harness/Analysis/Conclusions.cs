using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// A document from what kernels answered: causes, ranges and transitions follow from all of its kernels together, so
/// whoever puts kernels together (a run, a merge of shards) draws them anew.
/// </summary>
public static class Conclusions
{
    public static RunDocument Draw(RunInfo run, IEnumerable<KernelResult> kernels)
    {
        var explained = Causes.Explain([.. kernels.Order(KernelOrder.Instance)]);
        return new RunDocument(RunDocument.CurrentSchemaVersion, run, explained, Ranges.Compute(explained)) { Transitions = Transitions.Of(explained) };
    }
}
