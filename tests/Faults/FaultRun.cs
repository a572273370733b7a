using Harness.Processes;
using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>A run of the harness in which something was broken.</summary>
/// <param name="Directory">The run directory.</param>
internal sealed record FaultRun(FinishedCommand Result, string Directory)
{
    private RunDocument? _document;

    /// <summary>What the run has written; reading it fails when there are no results.</summary>
    public RunDocument Document
    {
        get => _document ??= ResultsFile.Read(Directory);
        init => _document = value;
    }

    public KernelResult Row(string id) => Document.Kernels.Single(kernel => kernel.Id == id);
}
