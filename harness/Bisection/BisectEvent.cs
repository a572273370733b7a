using Harness.Kernels;
using Harness.Kernels.Git;

namespace Harness.Bisection;

/// <summary>What happens in a bisection, as it happens. The command line shows it.</summary>
public abstract record BisectEvent
{
    private BisectEvent()
    {
    }

    /// <param name="Kernels">How many kernels there are from one end to the other.</param>
    /// <param name="MostBoots">The boots that are needed if each gives a verdict.</param>
    public sealed record Started(string Case, int Kernels, int MostBoots, string Directory) : BisectEvent;

    /// <summary>Something to know before the answer.</summary>
    public sealed record Noted(string Text) : BisectEvent;

    public sealed record Testing(int Step, IReadOnlyList<string> Kernels) : BisectEvent;

    public sealed record Tested(ReleaseStep Step) : BisectEvent;

    /// <param name="MostBoots">The boots that are still needed if each gives a verdict.</param>
    public sealed record Narrowed(int Between, int MostBoots) : BisectEvent;

    /// <param name="Left">Git's estimate of the steps after this one; <c>null</c> outside the search.</param>
    /// <param name="Eta">How long these will take, going by the steps before.</param>
    public sealed record CommitTesting(int Step, Commit Commit, int? Left, TimeSpan? Eta) : BisectEvent;

    /// <summary>What a commit's build is at. It is told again every few seconds while nothing changes.</summary>
    public sealed record BuildProgressed(Commit Commit, BuildProgress Progress) : BisectEvent;

    public sealed record CommitTested(Commits.CommitStep Step) : BisectEvent;
}
