using Harness.Kernels.Git;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>Verdicts of trees, and what was seen then, in the user's cache.</summary>
/// <param name="prober">The SHA256 of the prober that has the case.</param>
internal sealed class RememberedCommits(KernelMeasurer kernels, string cacheRoot, string caseId, string prober)
{
    private readonly VerdictMemory _memory = new(cacheRoot);
    private readonly EvidenceMemory _evidence = new(cacheRoot);

    /// <summary>What is remembered of a commit's tree; what was seen then is put into its places.</summary>
    /// <param name="identity">A hash of the kernel's configuration and the toolchain.</param>
    public (RememberedCase Case, StepEvidence Seen)? Recall(Commit commit, string identity, StepEvidence places)
    {
        if (kernels.SeesHost
            || kernels.Parameters is not { } parameters
            || _memory.Recall(Key(commit, identity, parameters))?.Cases.GetValueOrDefault(caseId) is not { } known
            || _evidence.Find(known.Evidence) is not { } kept)
        {
            return null;
        }
        kept.CopyTo(places);
        return (known, places.Existing());
    }

    /// <summary>Whether the verdict of a commit's tree is remembered.</summary>
    public bool Knows(Commit commit, string identity) => !kernels.SeesHost
        && kernels.Parameters is { } parameters
        && _evidence.Find(_memory.Recall(Key(commit, identity, parameters))?.Cases.GetValueOrDefault(caseId)?.Evidence)
            is not null;

    /// <param name="built">Has the log and the configuration of its build.</param>
    public void Remember(Commit commit, string identity, MeasuredKernel row, StepEvidence built)
    {
        if (!kernels.SeesHost && row.Result.Status == KernelStatus.Tested && kernels.Parameters is { } parameters)
        {
            var kept = _evidence.Keep(
                row.Evidence with { BuildLog = built.BuildLog, Config = built.Config });
            _memory.Remember(Key(commit, identity, parameters), row.Result, new HashSet<string> { caseId }, kept);
        }
    }

    private VerdictKey Key(Commit commit, string identity, string parameters) =>
        new($"tree {commit.Tree}, built with {identity}", prober, parameters);
}
