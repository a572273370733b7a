using System.Globalization;
using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>In which order compilers are tried for a commit.</summary>
/// <param name="workshops">One for each compiler, in the order that the user gave.</param>
internal sealed class CompilerChoice(GitRepository repository, IReadOnlyList<CompilerWorkshop> workshops)
{
    /// <summary>
    /// First comes the compiler that built the commit's parent, when one is built on top of the other; else the one
    /// that built what was committed at the nearest time, as old trees need old compilers. The others follow in their
    /// order.
    /// </summary>
    /// <param name="steps">What was built.</param>
    public async Task<IReadOnlyList<CompilerWorkshop>> OrderAsync(
        Commit commit, Commit? onTopOf, IEnumerable<CommitStep> steps, CancellationToken cancellation)
    {
        if (workshops.Count == 1)
        {
            return workshops;
        }
        var built = steps.Where(step => step.Compiler is not null).Reverse().ToList();
        var like = onTopOf is null
            ? await NearestAsync(commit, built, cancellation).ConfigureAwait(false)
            : built.Find(step => step.Commit == onTopOf.Id);
        return [.. workshops.OrderByDescending(workshop => workshop.Compiler?.Name == like?.Compiler)];
    }

    private async Task<CommitStep?> NearestAsync(
        Commit commit, IEnumerable<CommitStep> newestFirst, CancellationToken cancellation)
    {
        CommitStep? nearest = null;
        var shortest = TimeSpan.MaxValue;
        foreach (var step in newestFirst)
        {
            var other = await repository.CommitAsync(step.Commit, cancellation).ConfigureAwait(false);
            var distance = (At(other) - At(commit)).Duration();
            (nearest, shortest) = distance < shortest ? (step, distance) : (nearest, shortest);
        }
        return nearest;
    }

    private static DateTimeOffset At(Commit commit) =>
        DateTimeOffset.Parse(commit.CommittedAt, CultureInfo.InvariantCulture);
}
