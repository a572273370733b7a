using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// <c>--good auto</c>: looks for a good end among the releases before the bad one. It goes back 1, 2, 4, 8, … releases
/// until one gives another verdict.
/// </summary>
/// <param name="measure">Measures a commit as an end.</param>
internal sealed class GoodEndSearch(
    CommitQuestion question, GitRepository repository, Func<Commit, CancellationToken, Task<CommitStep>> measure,
    Action<BisectEvent> tell)
{
    /// <returns>The ends between which the verdict changed; or the answer, when no release differs.</returns>
    public async Task<(Commit Good, Commit Bad, CommitAnswer? Answer)> RunAsync(CancellationToken cancellation)
    {
        var (near, verdict) = (question.Bad, await measure(question.Bad, cancellation).ConfigureAwait(false));
        if (verdict.Verdict is null)
        {
            return Nothing(BisectResult.EndUntestable,
                $"{question.Bad.Named} cannot be tested ({verdict.Problem}); give another --bad");
        }
        var (mute, told) = (0, (CommitStep?)null);
        foreach (var place in Places(question.Releases.Count))
        {
            var release = question.Releases[place];
            var commit = await repository.CommitAsync("--good", $"refs/tags/{release}", cancellation)
                .ConfigureAwait(false);
            var step = question.Skipped.Contains(commit.Id)
                ? null
                : await measure(commit, cancellation).ConfigureAwait(false);
            if (step?.Verdict is not { } other || IsNoAnswer(other, verdict.Verdict))
            {
                mute++;
                continue;
            }
            if (other != verdict.Verdict)
            {
                tell(new BisectEvent.Noted(
                    $"the good end is {release}, which says {other}; the search goes from there to {near.Named}"));
                return (commit, near, null);
            }
            (near, told) = (commit, step);
        }
        var untested = mute == 0 ? "" : $"; {Analysis.Words.Count(mute, "release")} told nothing";
        if (told is null)
        {
            return Nothing(BisectResult.EndUntestable, $"{question.Bad.Named} says {verdict.Verdict} on"
                + $" {question.Case}, and no release before it answers{untested}; give --good");
        }
        if (verdict.Verdict.Outcome is null)
        {
            return Nothing(BisectResult.EndUntestable, SkippedEnds.Sentence(question.Case,
                (told.Commit[..12], told.SkipReason), (question.Bad.Named, verdict.SkipReason), question.Options));
        }
        return Nothing(BisectResult.EndsAgree,
            $"no release back to {question.Releases[^1]} differs from {question.Bad.Named} on {question.Case}:"
                + $" all that were tested say {verdict.Verdict}{untested}");

        (Commit Good, Commit Bad, CommitAnswer? Answer) Nothing(BisectResult result, string sentence) =>
            (question.Bad, question.Bad, new CommitAnswer(
                result, sentence, null, false, verdict.Verdict, verdict.Verdict, []));
    }

    /// <summary>A kernel that skips the case tells nothing of where another's answer changed.</summary>
    private static bool IsNoAnswer(Verdict release, Verdict bad) => release.Outcome is null && bad.Outcome is not null;

    /// <summary>0, 1, 3, 7, …, and the last of all.</summary>
    internal static IEnumerable<int> Places(int count)
    {
        var place = 0;
        for (var stride = 1; place < count - 1; stride *= 2)
        {
            yield return place;
            place += stride;
        }
        yield return count - 1;
    }
}
