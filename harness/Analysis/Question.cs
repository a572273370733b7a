using Harness.Probes;

namespace Harness.Analysis;

/// <summary>A column: one question in one layer. A grid has one object for each.</summary>
/// <param name="example">A case that asks it.</param>
public sealed class Question(CaseId example)
{
    /// <summary>A case that asks it.</summary>
    public CaseId Example { get; } = example;

    public string Layer => Example.Layer;

    /// <summary>As in ids: <c>struct.none.max_entries</c>.</summary>
    public string Text { get; } = example.Question;

    /// <summary>For people: <c>struct → none (max_entries)</c>.</summary>
    public string Title { get; } = example.Title;
}
