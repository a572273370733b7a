namespace Harness.Probes;

/// <summary>A text of a case that a run keeps as a file beside the console.</summary>
/// <param name="Case">A case that the program was asked.</param>
/// <param name="Name">A word for the file's name: <c>verifier</c>.</param>
/// <param name="Text">Each byte as a character (Latin-1), as a guest wrote it; cut where it is long.</param>
public sealed record CaseFile(string Case, string Name, string Text);
