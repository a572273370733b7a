namespace Harness.Probes;

/// <summary>
/// The form of a probe's case ids. An id is parts joined by dots. The first part is the layer, some parts are places at
/// which the same question is asked, and the others, with whatever follows them, are the question.
/// </summary>
public sealed record CaseIdForm
{
    /// <summary>The names of the parts that each id has, in their order; the first one is the layer.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>
    /// The parts that are no question but a place, such as a map type. A table shows a question once and adds up its
    /// places; rules about causes compare cases of the same places.
    /// </summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>The name of what may follow the parts, dots and all; <c>null</c> where an id ends with its parts.</summary>
    public string? Rest { get; init; }

    /// <summary>
    /// The order in which parts are folded into alternatives when many ids are written as few patterns:
    /// <c>raw.*.{array,hash}.struct.none</c>. What is folded first reads best.
    /// </summary>
    public required IReadOnlyList<string> FoldOrder { get; init; }

    /// <summary>Stands between the parts of a question in its title: <c>struct → none</c>.</summary>
    public required string Separator { get; init; }
}
