using Harness.Kernels;
using Harness.Runs;

namespace Harness.Doctor;

/// <summary>Is this machine fit for a run, and what mends it?</summary>
public sealed class MachineDoctor(Workspace workspace, KernelSources sources)
{
    /// <summary>What mends a tool that is missing.</summary>
    internal const string SetUp = "run `harness doctor --install`";

    private IReadOnlyList<IMachineCheck> Checks =>
    [
        new ToolCheck(sources),
        new BuildCheck(workspace.Repository),
        new AcceleratorCheck(workspace),
        new DecompressorCheck(),
        new JobCheck(),
        new DiskCheck("cache", workspace.CacheRoot),
        new SnapshotCheck(workspace.CacheRoot),
        new DiskCheck("results", workspace.Repository.Results),
        new SourceCheckList(sources),
    ];

    /// <summary>Runs every check, one after the other; one of them may boot a kernel.</summary>
    /// <exception cref="UsageException">The program is in no checkout.</exception>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var check in Checks)
        {
            findings.AddRange(await check.RunAsync(cancellation).ConfigureAwait(false));
        }
        return findings;
    }
}
