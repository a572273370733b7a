namespace Harness.Probes;

/// <summary>
/// The form of a probe's case ids. An id is parts joined by dots: the layer, then the places at which the same question
/// is asked, then the question itself, which may go on as long as it likes.
/// </summary>
public sealed record CaseIdForm
{
    /// <summary>The form of an id that belongs to no probe: it is its own layer.</summary>
    internal static CaseIdForm Whole { get; } = new() { Parts = ["layer"], FoldOrder = ["layer"], Separator = "." };

    /// <summary>The names of the parts that each id has, in their order; the first one is the layer.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>
    /// The parts right after the layer that are no question but a place, such as a map type. A table shows a question
    /// once and adds up its places; rules about causes compare cases of the same places.
    /// </summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>
    /// The name of what may follow the parts, dots and all; <c>null</c> where an id ends with its parts.
    /// </summary>
    public string? Rest { get; init; }

    /// <summary>
    /// How the last part begins when another build of the probe's program ran the case: <c>libbpf-</c> of
    /// <c>libbpf-1-5</c>; <c>null</c> where there is one build only.
    /// </summary>
    public string? LabelStart { get; init; }

    /// <summary>
    /// The order in which parts are folded into alternatives when many ids are written as few patterns:
    /// <c>raw.*.{array,hash}.struct.none</c>. What is folded first reads best.
    /// </summary>
    public required IReadOnlyList<string> FoldOrder { get; init; }

    /// <summary>Stands between the parts of a question in its title: <c>struct → none</c>.</summary>
    public required string Separator { get; init; }

    /// <summary>By what a reader of all results can choose among cases, in the order of the fields.</summary>
    public IReadOnlyList<CaseFilter> Filters { get; init; } = [];

    /// <summary>The number of parts that a question has at least.</summary>
    public int QuestionParts => Parts.Count - 1 - Places.Count;

    /// <summary>All parts of an id by name, that which may follow them included.</summary>
    internal IReadOnlyList<string> AllParts => Rest is null ? Parts : [.. Parts, Rest];

    /// <summary>
    /// Takes an id apart. One that is not of this form is kept whole as its layer, and its parts are empty.
    /// </summary>
    internal CaseId Parse(string id)
    {
        var (least, most) = (Parts.Count, AllParts.Count);
        var values = Rest is null ? id.Split('.') : id.Split('.', most);
        values = values.Length < least || values.Length > most ? [id] : values;
        return new CaseId(this, id, [.. values, .. Enumerable.Repeat("", most - values.Length)]);
    }
}
