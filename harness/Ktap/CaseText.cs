namespace Harness.Ktap;

/// <summary>A text that a prober handed on with a case: what a program wrote, or what a library said.</summary>
/// <param name="Case">The case's id.</param>
/// <param name="Name">What it is, in a word: <c>out</c>, <c>err</c>.</param>
/// <param name="Text">Each byte of it as a character; a text without a newline at its end has none in the
/// guest.</param>
/// <param name="Lost">How many bytes came after these, or between them, and were not kept.</param>
public sealed record CaseText(string Case, string Name, string Text, long Lost);
