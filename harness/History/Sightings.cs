namespace Harness.History;

/// <summary>First and last seen of each verdict of a case.</summary>
public static class Sightings
{
    public static IReadOnlyList<Sighting> Of(StoredHistory history, IReadOnlyList<Glob> cases)
    {
        var asked = history.Cases.Where(c => cases.Any(g => g.Matches(c.Value))).Select(c => c.Key).ToHashSet();
        var seen = new Dictionary<StoredAnswer, (HashSet<string> Kernels, (StoredRun Run, string Kernel) First, (StoredRun Run, string Kernel) Last)>();
        // A set that comes again brings its answers again: only its last time is read, and its first.
        foreach (var set in history.Runs.SelectMany(run => run.Results.SelectMany(r => r.Answers.Select(a => (Run: run, r.Kernel, a.Set)))).GroupBy(s => s.Set))
        {
            var (first, last) = (set.First(), set.Last());
            var kernels = set.Select(s => s.Kernel).Distinct().ToList();
            foreach (var answer in history.AnswersOf(set.Key).Where(a => asked.Contains(a.Case)))
            {
                if (!seen.TryGetValue(answer, out var sighting))
                {
                    sighting = ([], (first.Run, first.Kernel), (last.Run, last.Kernel));
                }
                sighting.Kernels.UnionWith(kernels);
                seen[answer] = (sighting.Kernels,
                    IsBefore(first.Run, sighting.First.Run) ? (first.Run, first.Kernel) : sighting.First,
                    IsBefore(sighting.Last.Run, last.Run) ? (last.Run, last.Kernel) : sighting.Last);
            }
        }
        return
        [
            .. seen.Select(s => new Sighting(history.Cases[s.Key.Case], history.Verdicts[s.Key.Verdict].InWords, s.Value.Kernels.Count,
                    s.Value.First.Run.Name, s.Value.First.Run.StartedAt, s.Value.First.Kernel, s.Value.Last.Run.Name, s.Value.Last.Run.StartedAt, s.Value.Last.Kernel))
                .OrderBy(s => s.Case, StringComparer.Ordinal).ThenBy(s => s.First).ThenBy(s => s.Verdict, StringComparer.Ordinal),
        ];
    }

    private static bool IsBefore(StoredRun run, StoredRun other) =>
        (run.StartedAt, string.CompareOrdinal(run.Name, other.Name)).CompareTo((other.StartedAt, 0)) < 0;
}
