using System.Globalization;
using Harness.Results;
using Harness.Runs;

namespace Harness.Shards;

/// <summary>Joins what several runs say of one kernel. Pure.</summary>
internal static class KernelMerge
{
    /// <summary>
    /// A row that was measured, before one that only says that it was not; of several that answer alike, the first that
    /// was measured. Where they disagree, the worse status counts, and the cases are flaky.
    /// </summary>
    /// <param name="rows">Each with its run, in an order that does not depend on how the runs were named.</param>
    /// <returns>The row, the run that it is of, and what the runs disagree on; <c>null</c> for nothing.</returns>
    public static (KernelResult Row, ShardRun Run, string? Conflict) Of(
        IReadOnlyList<(KernelResult Row, ShardRun Run)> rows)
    {
        var standing = rows.Where(r => ResumeRules.Stands(r.Row)).OrderBy(r => r.Row.StartedAt).ToList();
        if (standing.Count == 0)
        {
            var (row, run) = rows.FirstOrDefault(r => r.Row.Status != KernelStatus.NotRun, rows[0]);
            return (row, run, null);
        }
        RequireSameImage(standing);
        var worst = standing.MaxBy(r => BootMerge.Severity(r.Row.Status));
        var disputed = Disputed([.. standing.Select(r => r.Row)]);
        var statuses = standing.Select(r => r.Row.Status).Distinct().Count();
        if (disputed.Count == 0 && statuses == 1)
        {
            return (worst.Row, worst.Run, null);
        }
        var conflict = $"{worst.Row.Id}: {string.Join(" and ", standing.Select(r => r.Run.Name))} disagree on "
            + (statuses > 1 ? $"its status ({string.Join(", ", standing.Select(r => Word(r.Row.Status)))})" : "")
            + (statuses > 1 && disputed.Count > 0 ? " and on " : "")
            + (disputed.Count == 0 ? "" : Analysis.Words.Count(disputed.Count, "case"));
        var joined = worst.Row with
        {
            Cases = [.. worst.Row.Cases.Select(c => disputed.TryGetValue(c.Id, out var flaky) ? flaky : c)],
        };
        return (joined, worst.Run, conflict);
    }

    /// <summary>The cases that the rows answer otherwise, each as a flaky one.</summary>
    private static Dictionary<string, CaseResult> Disputed(IReadOnlyList<KernelResult> rows) => rows
        .SelectMany(row => row.Cases).GroupBy(c => c.Id, StringComparer.Ordinal)
        .Select(same => (Cases: same.ToList(), Answers: DistinctAnswers(same)))
        .Where(same => same.Answers.Count > 1 && same.Cases.Any(c => c.Status != CaseStatus.Flaky))
        .ToDictionary(same => same.Cases[0].Id, same => Flaky(same.Cases, same.Answers), StringComparer.Ordinal);

    private static CaseResult Flaky(List<CaseResult> cases, IReadOnlyList<CaseAttempt> answers) => new(
        cases[0].Id, cases[0].Want, null, null, null, CaseStatus.Flaky, cases[0].Expected,
        "the runs that were joined disagree", null, null)
    {
        AsExpected = false,
        Attempts = [.. answers.Select((answer, i) => answer with { Repeat = i + 1 })],
        Evidence = cases.Select(c => c.Evidence).FirstOrDefault(evidence => evidence is not null),
    };

    /// <summary>Each answer once, in an order that does not depend on who gave it; those of flaky cases, too.</summary>
    private static IReadOnlyList<CaseAttempt> DistinctAnswers(IEnumerable<CaseResult> cases) =>
    [
        .. cases.SelectMany(c => c.Attempts ?? [new CaseAttempt(0, c.Status, c.Outcome, c.Step, c.Errno, c.Reason)])
            .DistinctBy(a => (a.Status, a.Outcome, a.Step, a.Errno))
            .OrderBy(a => (a.Status, a.Outcome)).ThenBy(a => a.Step, StringComparer.Ordinal)
            .ThenBy(a => a.Errno, StringComparer.Ordinal),
    ];

    /// <exception cref="UsageException">Two runs mean different images by one name.</exception>
    private static void RequireSameImage(List<(KernelResult Row, ShardRun Run)> standing)
    {
        var (first, other) = (standing[0], standing.FirstOrDefault(r => r.Row.Sha256 != standing[0].Row.Sha256));
        if (other.Row is not null)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"{other.Run.Directory}: its {other.Row.Id} is another image than that of {first.Run.Directory}:")
                + " lock the matrix (`harness lock`), and run the shares with --locked");
        }
    }

    private static string Word(KernelStatus status) => Analysis.Words.Of(status);
}
