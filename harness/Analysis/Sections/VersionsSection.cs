using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>Whether kernels of one version answer alike on each machine, or in each line, that has them.</summary>
/// <param name="place">The word for a place: machine, line.</param>
/// <param name="tested">Behind the versions, before the places: <c>were tested on</c>.</param>
/// <param name="there">Before the word: <c>on</c>.</param>
internal sealed class VersionsSection(string place, string tested, string there, ProbeList probes)
{
    /// <returns><c>null</c> when no version was tested on more than one machine.</returns>
    public static Section? OfMachines(RunDocument document, ProbeList probes) =>
        new VersionsSection("machine", "were tested on", "on", probes).Of(VersionDifferences.OfMachines(document));

    /// <returns><c>null</c> when no version was tested in more than one line.</returns>
    public static Section? OfLines(RunDocument document, ProbeList probes) =>
        new VersionsSection("line", "are in the lines", "in", probes).Of(VersionDifferences.OfLines(document));

    private Section? Of(VersionDifferences found)
    {
        if (found.Versions.Count == 0)
        {
            return null;
        }
        var title = $"What differs from {place} to {place}";
        var places = string.Join(", ", found.Places.SkipLast(1)) + $" and {found.Places[^1]}";
        var cases = found.Differing.DistinctBy(differing => differing.Case).Count();
        var kernels = $"Kernels of {Words.Count(found.Versions.Count, "version")} {tested} {places}";
        return cases == 0
            ? new Section(title, new Block.Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"{kernels}: all of the {found.Cases} cases have the same answer {there} each {place}.")))
            : new Section(title,
                new Block.Paragraph(string.Create(CultureInfo.InvariantCulture,
                    $"{kernels}: the answers differ in {Words.Count(cases, "case")} of {found.Cases}.")),
                Table(found));
    }

    /// <summary>A row for all cases that differ in the same way on the same versions.</summary>
    private Block.Advice Table(VersionDifferences found)
    {
        var rows = found.Differing
            .GroupBy(differing => (differing.Case, Answers: string.Join('|', AnswersOf(differing, found.Places))))
            .Select(same => (same.Key.Case, Answers: AnswersOf(same.First(), found.Places),
                Versions: string.Join(", ", found.Versions.Intersect(same.Select(differing => differing.Version)))))
            .GroupBy(row => (row.Versions, Answers: string.Join('|', row.Answers)));
        return new Block.Advice(
            $"{place}s", $"The same version {there} different {place}s", "the answer of each to the same case",
            ["cases", "kernels", .. found.Places],
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

    private static IReadOnlyList<string> AnswersOf(DifferingCase differing, IReadOnlyList<string> places) =>
        [.. places.Select(place => differing.Answers.GetValueOrDefault(place, "not asked"))];
}
