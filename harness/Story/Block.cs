namespace Harness.Story;

/// <summary>A part of a section. The kinds there are stand here, and each format renders each of them.</summary>
public abstract record Block
{
    private Block()
    {
    }

    /// <summary>Sentences that stand by themselves.</summary>
    public sealed record Paragraph(Sentence Text) : Block;

    /// <summary>A heading within a section.</summary>
    public sealed record Heading(Sentence Text) : Block;

    /// <summary>A list of points.</summary>
    /// <param name="Spaced">Items stand apart from each other, since each has more than a line to say.</param>
    public sealed record Points(IReadOnlyList<Item> Items, bool Spaced = false) : Block;

    /// <summary>What is folded away until a reader asks for it.</summary>
    public sealed record Folded(string Summary, IReadOnlyList<Block> Blocks) : Block;

    /// <summary>Lines that are quoted as they were said, folded away until a reader asks for them.</summary>
    /// <param name="Summary">Whose words they are.</param>
    /// <param name="Text">It may be anything a guest said: each format escapes it in its own way.</param>
    public sealed record Quote(string Summary, string Text) : Block;

    /// <summary>The answers to the questions that people ask first.</summary>
    public sealed record AnswerList(IReadOnlyList<Answer> Answers) : Block;

    /// <summary>A table that tells a reader what to do, or what was measured.</summary>
    /// <param name="Name">In one word, for a reader who cannot see the table.</param>
    /// <param name="Note">What the table is about, as a part of a sentence.</param>
    /// <param name="Heads">The columns' headings.</param>
    public sealed record Advice(
        string Name, string Title, Sentence Note, IReadOnlyList<string> Heads,
        IReadOnlyList<IReadOnlyList<Sentence>> Rows)
        : Block;

    /// <summary>A table of kernels × questions.</summary>
    public sealed record Verdicts(VerdictTable Table) : Block;

    /// <summary>The kernels that could not be tested to their end.</summary>
    public sealed record Untested(IReadOnlyList<UntestedKernel> Kernels) : Block;

    /// <summary>Where each kernel came from, and how long it took.</summary>
    public sealed record KernelTable(IReadOnlyList<TestedKernel> Kernels) : Block;

    /// <summary>How the run was made.</summary>
    public sealed record Conditions(RunConditions Run) : Block;
}
