namespace Harness.Story;

/// <summary>A column of a table of verdicts: one question.</summary>
/// <param name="Layer">The layer that is asked.</param>
/// <param name="Title">The question: <c>struct → none</c>.</param>
/// <param name="Separator">Where the title may be broken into lines.</param>
public sealed record VerdictColumn(string Layer, string Title, string Separator);
