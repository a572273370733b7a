namespace Harness.Probes;

/// <summary>A case's id, taken apart as its probe's form says.</summary>
public sealed class CaseId
{
    private readonly string[] _values;

    /// <param name="values">One for each of the form's parts, what follows them last.</param>
    internal CaseId(CaseIdForm form, string text, string[] values)
    {
        (Form, Text, _values) = (form, text, values);
        var last = text.LastIndexOf('.') + 1;
        Label = form.LabelStart is { } start && last > 0 && text.AsSpan(last)
            .StartsWith(start, StringComparison.Ordinal)
            ? text[last..] : "";
    }

    public CaseIdForm Form { get; }

    /// <summary>The whole id.</summary>
    public string Text { get; }

    /// <summary>The values of the form's parts in their order, with what follows them at the end.</summary>
    public IReadOnlyList<string> Values => _values;

    public string Layer => _values[0];

    /// <summary>What is asked, whatever the place: <c>struct.none</c>, <c>none.none.max_entries</c>.</summary>
    public string Question => string.Join('.', QuestionValues) + (Rest.Length > 0 ? "." + Rest : "");

    /// <summary>
    /// The question for people: <c>struct → none (max_entries)</c>; of an id that belongs to no probe, that id.
    /// </summary>
    public string Title => ReferenceEquals(Form, CaseIdForm.Whole) ? Text
        : string.Join(Form.Separator, QuestionValues) + (Rest.Length > 0 ? $" ({Rest})" : "");

    /// <summary>What follows the form's parts, with its dots; empty where nothing does.</summary>
    public string Rest => Form.Rest is null ? "" : _values[^1];

    /// <summary>Of the build that ran the case, where it is not the first one: <c>libbpf-1-5</c>; else empty.</summary>
    public string Label { get; }

    /// <summary>The id of the same case as the first build runs it.</summary>
    public string WithoutLabel => Label.Length == 0 ? Text : Text[..^(Label.Length + 1)];

    /// <summary>The question as the first build is asked it.</summary>
    public string QuestionWithoutLabel => Label.Length == 0 ? Question : Question[..^(Label.Length + 1)];

    private string[] QuestionValues => _values[(1 + Form.Places.Count)..Form.Parts.Count];

    /// <summary>The value of a part by its name; empty where the form has no such part.</summary>
    public string this[string part]
    {
        get
        {
            var place = Form.AllParts.Index().FirstOrDefault(p => p.Item == part, (Index: -1, Item: "")).Index;
            return place < 0 ? "" : _values[place];
        }
    }

    /// <summary>The id of the case that asks another question at the same place, of the same build.</summary>
    public string Sibling(string question) =>
        string.Join('.',
            [.. _values.Take(1 + Form.Places.Count), question, .. Label.Length == 0 ? Array.Empty<string>() : [Label]]);

    /// <summary>
    /// The value that a reader chooses by: <c>struct → none</c>; empty where the form lacks a part of it.
    /// </summary>
    public string ValueOf(CaseFilter filter) => filter.Parts.All(Form.AllParts.Contains)
        ? string.Join(Form.Separator, filter.Parts.Select(part => this[part]))
        : "";

    public override string ToString() => Text;
}
