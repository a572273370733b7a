using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>Whether kernels of one version answer alike on each machine that they were tested on.</summary>
internal static class MachinesSection
{
    public const string Title = "What differs from machine to machine";

    /// <returns><c>null</c> when no version was tested on more than one machine.</returns>
    public static Section? Of(RunDocument document, ProbeList probes)
    {
        var found = MachineDifferences.Of(document);
        if (found.Versions.Count == 0)
        {
            return null;
        }
        var machines = string.Join(", ", found.Machines.SkipLast(1)) + $" and {found.Machines[^1]}";
        var cases = found.Differing.DistinctBy(differing => differing.Case).Count();
        var tested = $"Kernels of {Words.Count(found.Versions.Count, "version")} were tested on {machines}";
        return cases == 0
            ? new Section(Title, new Block.Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"{tested}: all of the {found.Cases} cases have the same answer on each machine.")))
            : new Section(Title,
                new Block.Paragraph(string.Create(CultureInfo.InvariantCulture,
                    $"{tested}: the answers differ in {Words.Count(cases, "case")} of {found.Cases}.")),
                Table(found, probes));
    }

    /// <summary>A row for all cases that differ in the same way on the same versions.</summary>
    private static Block.Advice Table(MachineDifferences found, ProbeList probes)
    {
        var rows = found.Differing
            .GroupBy(differing => (differing.Case, Answers: string.Join('|', AnswersOf(differing, found.Machines))))
            .Select(same => (same.Key.Case, Answers: AnswersOf(same.First(), found.Machines),
                Versions: string.Join(", ", found.Versions.Intersect(same.Select(differing => differing.Version)))))
            .GroupBy(row => (row.Versions, Answers: string.Join('|', row.Answers)));
        return new Block.Advice(
            "machines", "The same version on different machines", "the answer of each to the same case",
            ["cases", "kernels", .. found.Machines],
            [
                .. rows.Select(row => (IReadOnlyList<Sentence>)
                [
                    Cases(CasePatterns.Of(row.Select(r => r.Case), probes)), row.Key.Versions,
                    .. row.First().Answers.Select(answer => (Sentence)answer),
                ]),
            ]);
    }

    private static Sentence Cases(IEnumerable<string> patterns) =>
        Sentence.Join(", ", patterns.Select(pattern => new Sentence(Phrase.Code(pattern))));

    private static IReadOnlyList<string> AnswersOf(DifferingCase differing, IReadOnlyList<string> machines) =>
        [.. machines.Select(machine => differing.Answers.GetValueOrDefault(machine, "not asked"))];
}
