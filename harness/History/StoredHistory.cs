using Harness.Results;

namespace Harness.History;

/// <summary>What a kernel answered to a case, without what the matrix expected of it.</summary>
public sealed record Verdict(Outcome Want, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno)
{
    /// <summary><c>fail: rejected at update with EINVAL</c>.</summary>
    public string InWords
    {
        get
        {
            var outcome = Outcome switch { Results.Outcome.Accept => "accepted", Results.Outcome.Reject => "rejected", _ => null };
            var words = new[] { outcome, Step is null ? null : $"at {Step}", Errno is null ? null : $"with {Errno}" }.Where(w => w is not null).ToList();
            var status = Status.ToString().ToLowerInvariant();
            return words.Count == 0 ? status : $"{status}: {string.Join(' ', words)}";
        }
    }
}

/// <summary>A case's answer in a set of answers, by the store's own numbers.</summary>
public readonly record struct StoredAnswer(long Case, long Verdict);

/// <summary>A set of answers that any number of results may share.</summary>
public sealed record AnswerSet(long Id, int Pass, int Fail, int Skip, int Error, int Flaky);

/// <summary>What one prober was answered.</summary>
public sealed record ProbedAnswers(string Prober, AnswerSet Set);

/// <summary>One kernel in one run.</summary>
/// <param name="Image">Its sha256; <c>null</c> when it was not to be had.</param>
/// <param name="Unexpected">Cases that are not as expected.</param>
public sealed record StoredResult(string Kernel, string? Version, string Arch, string? Image, KernelStatus Status, int Unexpected, IReadOnlyList<ProbedAnswers> Answers);

/// <summary>One run, as far as its history goes.</summary>
/// <param name="Name">The run's id.</param>
/// <param name="Directory">Its name under <c>results/</c>; it may be gone.</param>
public sealed record StoredRun(string Name, string Directory, DateTimeOffset StartedAt, bool Complete, string Matrix, string Accel, IReadOnlyList<StoredResult> Results);

/// <summary>All that the store holds: runs in the order in which they started, and what their numbers stand for.</summary>
/// <param name="read">Reads a set of answers, ordered by case; asked once a set.</param>
public sealed class StoredHistory(
    IReadOnlyList<StoredRun> runs, IReadOnlyDictionary<long, string> cases, IReadOnlyDictionary<long, Verdict> verdicts,
    Func<long, IReadOnlyList<StoredAnswer>> read)
{
    private readonly Dictionary<long, IReadOnlyList<StoredAnswer>> _sets = [];

    public IReadOnlyList<StoredRun> Runs { get; } = runs;

    public IReadOnlyDictionary<long, string> Cases { get; } = cases;

    public IReadOnlyDictionary<long, Verdict> Verdicts { get; } = verdicts;

    public IReadOnlyList<StoredAnswer> AnswersOf(AnswerSet set) =>
        _sets.TryGetValue(set.Id, out var answers) ? answers : _sets[set.Id] = read(set.Id);
}
