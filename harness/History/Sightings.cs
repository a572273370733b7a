namespace Harness.History;

/// <summary>When each verdict of a case was first and last seen.</summary>
public static class Sightings
{
    public static IReadOnlyList<Sighting> Of(StoredHistory history, IReadOnlyList<Glob> cases)
    {
        var asked = history.Cases.Where(c => cases.Any(g => g.Matches(c.Value))).Select(c => c.Key).ToHashSet();
        var seen = new Dictionary<StoredAnswer, (HashSet<string> Kernels, Place First, Place Last)>();
        // A set holds the same answers whenever it occurs, so only its first and its last occurrence matter.
        var sets = history.Runs.SelectMany(run =>
            run.Results.SelectMany(r => r.Answers.Select(a => (Place: new Place(run, r.Kernel), a.Set))));
        foreach (var set in sets.GroupBy(s => s.Set))
        {
            var (first, last) = (set.First().Place, set.Last().Place);
            var kernels = set.Select(s => s.Place.Kernel).Distinct().ToList();
            foreach (var answer in history.AnswersOf(set.Key).Where(a => asked.Contains(a.Case)))
            {
                if (!seen.TryGetValue(answer, out var sighting))
                {
                    sighting = ([], first, last);
                }
                sighting.Kernels.UnionWith(kernels);
                seen[answer] = (sighting.Kernels,
                    IsBefore(first.Run, sighting.First.Run) ? first : sighting.First,
                    IsBefore(sighting.Last.Run, last.Run) ? last : sighting.Last);
            }
        }
        return
        [
            .. seen.Select(s => Of(history, s.Key, s.Value.Kernels.Count, s.Value.First, s.Value.Last))
                .OrderBy(s => s.Case, StringComparer.Ordinal).ThenBy(s => s.First)
                .ThenBy(s => s.Verdict, StringComparer.Ordinal),
        ];
    }

    private static Sighting Of(StoredHistory history, StoredAnswer answer, int kernels, Place first, Place last) => new(
        history.Cases[answer.Case], history.Verdicts[answer.Verdict].InWords, kernels,
        first.Run.Name, first.Run.StartedAt, first.Kernel, last.Run.Name, last.Run.StartedAt, last.Kernel);

    private static bool IsBefore(StoredRun run, StoredRun other) =>
        (run.StartedAt, string.CompareOrdinal(run.Name, other.Name)).CompareTo((other.StartedAt, 0)) < 0;

    /// <summary>A kernel in a run.</summary>
    private readonly record struct Place(StoredRun Run, string Kernel);
}
