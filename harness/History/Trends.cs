using Harness.Results;

namespace Harness.History;

/// <summary>What changed from run to run.</summary>
public static class Trends
{
    public static IReadOnlyList<RunTrend> Of(StoredHistory history)
    {
        var known = new Dictionary<string, Memory>(StringComparer.Ordinal);
        return [.. history.Runs.Select(run => Of(history, run, known))];
    }

    private static RunTrend Of(StoredHistory history, StoredRun run, Dictionary<string, Memory> known)
    {
        var (changes, fresh) = (0, 0);
        foreach (var result in run.Results.Where(r => r.Answers.Count > 0))
        {
            if (!known.TryGetValue(result.Kernel, out var memory))
            {
                known[result.Kernel] = memory = new Memory();
                fresh++;
            }
            changes += memory.Take(history, result);
        }
        var sets = run.Results.SelectMany(r => r.Answers).Select(a => a.Set).ToList();
        var tested = run.Results.Count(r => r.Status == KernelStatus.Tested);
        return new RunTrend(run.Name, run.Directory, run.StartedAt, run.Matrix, run.Complete, tested,
            run.Results.Count - tested, sets.Sum(s => s.Pass), sets.Sum(s => s.Fail), sets.Sum(s => s.Skip),
            sets.Sum(s => s.Error), sets.Sum(s => s.Flaky), run.Results.Sum(r => r.Unexpected), changes, fresh)
        {
            Known = run.Results.Count(r => r.Known is not null),
        };
    }

    /// <summary>What a kernel last answered to each case.</summary>
    private sealed class Memory
    {
        private readonly Dictionary<long, long> _answers = [];
        private HashSet<long> _last = [];

        /// <summary>Takes the answers of the next run.</summary>
        /// <returns>How many of them differ from those before.</returns>
        public int Take(StoredHistory history, StoredResult result)
        {
            var changes = 0;
            // Most nights, a kernel gives the set of answers that it gave last time; such a set holds nothing new.
            var news = result.Answers.Where(a => !_last.Contains(a.Set.Id));
            foreach (var answer in news.SelectMany(a => history.AnswersOf(a.Set)))
            {
                changes += _answers.TryGetValue(answer.Case, out var before) && before != answer.Verdict ? 1 : 0;
                _answers[answer.Case] = answer.Verdict;
            }
            _last = [.. result.Answers.Select(a => a.Set.Id)];
            return changes;
        }
    }
}
