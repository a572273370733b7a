using System.Text.Json;
using Harness.Results;

namespace Harness.Shards;

/// <summary>What runs must have in common to be one: answers to other questions are not of the same table.</summary>
internal static class MergeRules
{
    private static readonly (string What, Func<RunInfo, string> Of)[] _common =
    [
        ("the matrix", run => run.Matrix),
        ("the harness", run => run.Harness),
        ("the prober", run => run.Prober.Sha256),
        ("the probes", run => string.Join(", ", run.Probes.Select(p => $"{p.Name} {p.Sha256} with {p.Cases} cases"))),
        ("the selection of cases", run => string.Join(' ', run.CaseGlobs)),
        ("the number of boots", run => run.Repeat.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("what was noted of the probes", Facts),
    ];

    /// <exception cref="UsageException">Two runs asked other things.</exception>
    public static void RequireSameQuestions(IReadOnlyList<ShardRun> runs)
    {
        var first = runs[0];
        foreach (var other in runs.Skip(1))
        {
            foreach (var (what, of) in _common)
            {
                var (here, there) = (of(first.Document.Run), of(other.Document.Run));
                if (here != there)
                {
                    throw new UsageException($"{other.Directory}: {what} is another than in {first.Directory}"
                        + $" ({Short(there)}; {Short(here)}): their answers do not belong together");
                }
            }
            if (first.Document.Shard is { } one && other.Document.Shard is { } two && one.Of != two.Of)
            {
                throw new UsageException($"{other.Directory}: is {other.Name}, and {first.Directory} is {first.Name}:"
                    + " they are of different divisions");
            }
        }
    }

    private static string Facts(RunInfo run) => string.Join('\n', (run.Facts ?? new Dictionary<string, JsonElement>())
        .OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => $"{fact.Key}: {fact.Value.GetRawText()}"));

    private static string Short(string text) => text.Length == 0 ? "none" : text.Length > 60 ? text[..60] + "…" : text;
}
