using Harness.Results;

namespace Harness.History;

/// <summary>Finds cases on which runs, or the repeats within a run, disagree.</summary>
public static class FlakyCases
{
    public static IReadOnlyList<FlakyCase> Of(StoredHistory history)
    {
        var flaky = new List<FlakyCase>();
        var runs = history.Runs.Select(run => run.Name).ToHashSet(StringComparer.Ordinal);
        var probed = history.Runs.SelectMany(run => run.Results
            // What is known was counted where it was measured, unless that run is not in the store.
            .Where(r => r.Image is not null && !(r.Known is { } known && runs.Contains(known.Run)))
            .SelectMany(r => r.Answers.Select(a => (Run: run, r.Kernel, Image: r.Image!, a.Prober, a.Set))));
        foreach (var asked in probed.GroupBy(p => (p.Image, p.Prober)))
        {
            var sets = asked.GroupBy(p => p.Set).ToList();
            if (sets.Count == 1 && sets[0].Key.Flaky == 0)
            {
                continue; // The same answers each time.
            }
            var answers = sets.SelectMany(s => history.AnswersOf(s.Key).Select(a => (Answer: a, Times: s)));
            foreach (var ofCase in answers.GroupBy(a => a.Answer.Case))
            {
                var verdicts = ofCase.GroupBy(a => a.Answer.Verdict).ToList();
                if (verdicts.Count > 1 || history.Verdicts[verdicts[0].Key].Status == CaseStatus.Flaky)
                {
                    var seen = verdicts.Select(v =>
                        Seen(history.Verdicts[v.Key], v.SelectMany(a => a.Times.Select(t => t.Run))));
                    flaky.Add(new FlakyCase(
                        history.Cases[ofCase.Key], asked.First().Kernel, asked.Key.Image, asked.Key.Prober,
                        [.. seen.OrderByDescending(v => v.Runs).ThenBy(v => v.Verdict, StringComparer.Ordinal)]));
                }
            }
        }
        return
        [
            .. flaky.OrderBy(f => f.Case, StringComparer.Ordinal).ThenBy(f => f.Kernel, StringComparer.Ordinal)
                .ThenBy(f => f.Prober, StringComparer.Ordinal),
        ];
    }

    private static SeenVerdict Seen(StoredVerdict verdict, IEnumerable<StoredRun> runs)
    {
        var all = runs.Distinct().ToList();
        return new SeenVerdict(verdict.InWords, all.Count, all.MaxBy(r => (r.StartedAt, r.Name))!.Name);
    }
}
