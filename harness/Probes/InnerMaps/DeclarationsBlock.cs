using Harness.Analysis;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.InnerMaps;

/// <summary>
/// What a reader should write: the declarations that work on every kernel measured, and those that do not.
/// </summary>
internal static class DeclarationsBlock
{
    public static IReadOnlyList<Block> Of(RunDocument document)
    {
        var rows = Declarations.Of(document)
            .Select(d => (IReadOnlyList<Sentence>)[Declared(d), Sentence.Marked(d.Made), Answers(d)]).ToList();
        return rows.Count == 0 ? [] :
        [
            new Block.Advice(
                "Declarations",
                "What to write, so that it works everywhere",
                Sentence.Marked("values of `ARRAY`, `HASH` and `LRU_HASH` inner maps"),
                ["the template is declared", "the inner map is made", "on the kernels measured"],
                rows),
        ];
    }

    private static Sentence Declared(Declaration declaration) => Sentence.Marked(declaration.Declared)
        + (declaration.Toolchains.Count == 0 ? new Sentence() : $", by {string.Join(", ", declaration.Toolchains)}");

    private static Sentence Answers(Declaration declaration) => declaration.WorksOn switch
    {
        0 => new Sentence([.. declaration.Answers.Select(Chip)]),
        1 => new Sentence(Phrase.Chip(Mark.Pass, "the one kernel")),
        var kernels => new Sentence(Phrase.Chip(Mark.Pass, $"all {Words.Count(kernels, "kernel")}")),
    };

    private static Phrase Chip(DeclarationAnswer answer) => Phrase.Chip(
        answer.Never ? Mark.Skip : answer.Works ? Mark.Pass : Mark.Fail,
        (answer.Which.Length > 0 ? $"{answer.Which}: " : "")
            + (answer.Never ? "opens nowhere, the compiler drops the struct" : answer.InWords));
}
