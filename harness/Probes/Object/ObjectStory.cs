using Harness.Analysis;
using Harness.Probes.Libbpf;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Object;

/// <summary>What the probe adds to the story of a run.</summary>
internal static class ObjectStory
{
    /// <summary>A sentence for each object, then programs × series.</summary>
    public static IReadOnlyList<Block> Answer(RunDocument document) =>
        [.. Answers(document).Blocks(), .. ObjectTable.Of(document)];

    public static IReadOnlyList<Section> Sections(RunDocument document) =>
        [.. new[] { InstructionsSection.Of(document), Libbpfs(document) }.OfType<Section>()];

    /// <summary>For the terminal: the sentences of the first screen, and what further libbpfs changed.</summary>
    public static IReadOnlyList<Sentence> Summary(RunDocument document) =>
    [
        .. Answers(document).Sentences(),
        .. Comparison(document).Where(s => s.Compared > 0).Select(s => (Sentence)(s.InWords + ".")),
    ];

    /// <summary>How the run was made.</summary>
    public static IReadOnlyList<Sentence> Made(RunDocument document)
    {
        var facts = ObjectFacts.Of(document.Run);
        return
        [
            .. facts.Files.Select(f => new Sentence(
                "Object ", Phrase.Code(f.Name), ", cases named ", Phrase.Code(f.Id + ".…"), ": sha256 ",
                Phrase.Code(f.Sha256[..Math.Min(12, f.Sha256.Length)]), ".")),
            .. facts.Libbpf.Select(l => (Sentence)(
                $"Objects are loaded by libbpf {l.Version}{(l.Label is null ? "" : $", cases named {l.Label}")}: "
                + $"{Words.Count(l.Cases, "case")}.")),
        ];
    }

    private static SubjectAnswers Answers(RunDocument document) =>
        new(ObjectAnswer.Of(document), "object", "that load everywhere");

    private static IReadOnlyList<LibbpfStep> Comparison(RunDocument document) => LibbpfComparison.Of(
        document, ObjectFacts.Of(document.Run).Libbpf, ObjectProbe.Name, ObjectProbe.Parse);

    private static Section? Libbpfs(RunDocument document)
    {
        var (steps, names) = (Comparison(document), new KernelNames(document));
        return steps.Count == 0 ? null : new Section("Does a newer libbpf load what an older one does not?",
            new Block.Points([.. steps.Select(s => Step(s, names))]));
    }

    private static Item Step(LibbpfStep step, KernelNames names)
    {
        var changes = step.Changes.GroupBy(c => (From: Answered(c.Older), To: Answered(c.Newer))).Select(g => new Item(
            $"{g.Key.From} → {g.Key.To} on "
            + names.Of(g.Select(c => c.KernelId).ToHashSet(StringComparer.Ordinal)) + ": "
            + Sentence.Join(", ", CasePatterns.Of(g.Select(c => c.Case), ObjectProbe.OnlyThis)
                .Select(pattern => new Sentence(Phrase.Code(pattern)))))).ToList();
        return changes.Count == 0 ? new Item(step.InWords + ".")
            : new Item(step.InWords + ":", new Block.Points(changes));
    }

    private static string Answered(CaseResult result) =>
        Words.Of(result.Status, result.Outcome, result.Step, result.Errno);
}
