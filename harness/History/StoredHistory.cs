namespace Harness.History;

/// <summary>
/// The content of the store: the runs in the order in which they started, and what the numbers in them stand for.
/// </summary>
/// <param name="read">Reads a set of answers, ordered by case; called once a set.</param>
public sealed class StoredHistory(
    IReadOnlyList<StoredRun> runs, IReadOnlyDictionary<long, string> cases,
    IReadOnlyDictionary<long, StoredVerdict> verdicts, Func<long, IReadOnlyList<StoredAnswer>> read)
{
    private readonly Dictionary<long, IReadOnlyList<StoredAnswer>> _sets = [];

    public IReadOnlyList<StoredRun> Runs { get; } = runs;

    public IReadOnlyDictionary<long, string> Cases { get; } = cases;

    public IReadOnlyDictionary<long, StoredVerdict> Verdicts { get; } = verdicts;

    public IReadOnlyList<StoredAnswer> AnswersOf(AnswerSet set) =>
        _sets.TryGetValue(set.Id, out var answers) ? answers : _sets[set.Id] = read(set.Id);
}
