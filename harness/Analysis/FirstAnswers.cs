using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>The answers to the questions that a run's probes ask first, made from what was measured.</summary>
public static class FirstAnswers
{
    /// <summary>In the order of the questions; one that was not asked is left out.</summary>
    public static IReadOnlyList<Answer> Of(RunDocument document, ProbeList probes)
    {
        var histories = Histories.Of(document);
        var questions = probes.AskedBy(document.Run).SelectMany(p => p.FirstQuestions);
        return [.. questions.SelectMany(q => Answers(q, histories, probes))];
    }

    /// <summary>
    /// One, or one for each way in which the question's cases went. Lineages in which they went the same way share it.
    /// </summary>
    private static IEnumerable<Answer> Answers(
        FirstQuestion question, IReadOnlyList<SharedHistory> histories, ProbeList probes)
    {
        var answers = histories.Select(h => (History: h, Cases: h.Cases.Where(question.Cases.Matches).ToList()))
            .Where(a => a.Cases.Count > 0).ToList();
        var lineages = answers.Select(a => a.History.Lineage).Distinct().ToList();
        var names = new LineageNames(lineages);
        var ways = answers.GroupBy(a => (a.History.InWords, Cases: string.Join(' ', a.Cases))).ToList();
        foreach (var way in ways)
        {
            var (history, cases) = way.First();
            var apart = answers.Count(a => a.History.Lineage == history.Lineage) == 1
                ? []
                : cases.Select(c => probes.Parse(c)[question.ToldApartBy]).Distinct();
            var where = way.Select(a => a.History.Lineage).Distinct().ToList();
            var traits = apart.Concat(where.Count == lineages.Count ? [] : where.Select(names.Of)).ToList();
            yield return new Answer(
                question.Subject + (traits.Count == 0 ? "" : $" ({string.Join(", ", traits)})"), history.Findings);
        }
    }
}
