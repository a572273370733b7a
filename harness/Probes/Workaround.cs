namespace Harness.Probes;

/// <summary>Something to do instead, and the question that shows whether it works.</summary>
/// <param name="Question">As in ids, of the same layer and place: <c>bytes.none</c>.</param>
/// <param name="Text">What to do, as the rest of a sentence.</param>
public sealed record Workaround(string Question, string Text);
