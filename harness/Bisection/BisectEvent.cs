using Harness.Kernels.Git;

namespace Harness.Bisection;

/// <summary>What happens in a bisection, as it happens. The search tells; only the command line draws.</summary>
public abstract record BisectEvent
{
    private BisectEvent()
    {
    }

    /// <param name="Kernels">From one end to the other.</param>
    /// <param name="MostBoots">If all of them give a verdict.</param>
    public sealed record Started(string Case, int Kernels, int MostBoots, string Directory) : BisectEvent;

    /// <summary>Something to know before the answer.</summary>
    public sealed record Noted(string Text) : BisectEvent;

    public sealed record Testing(int Step, IReadOnlyList<string> Kernels) : BisectEvent;

    public sealed record Tested(ReleaseStep Step) : BisectEvent;

    /// <param name="MostBoots">Still to come, if all of them give a verdict.</param>
    public sealed record Narrowed(int Between, int MostBoots) : BisectEvent;

    /// <param name="Left">Steps left after this one, as git reckons; <c>null</c> for the ends and the confirmation.</param>
    /// <param name="Eta">How long they will take, going by those until now.</param>
    public sealed record CommitTesting(int Step, Commit Commit, int? Left, TimeSpan? Eta) : BisectEvent;

    public sealed record CommitTested(Commits.CommitStep Step) : BisectEvent;
}
