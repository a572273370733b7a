namespace Harness.Probes;

/// <summary>A field by which a reader of all results chooses among cases.</summary>
/// <param name="Name">In the page's address: <c>outer</c>.</param>
/// <param name="Label">Beside the field: <c>Outer map</c>.</param>
/// <param name="Parts">The parts of an id that make its value, joined as in a question's title.</param>
public sealed record CaseFilter(string Name, string Label, params IReadOnlyList<string> Parts);
