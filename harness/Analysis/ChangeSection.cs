namespace Harness.Analysis;

/// <summary>Changes of one kind; those of neighbouring kernels stand together.</summary>
/// <param name="Verdicts">The number of verdicts that changed: cases times kernels.</param>
public sealed record ChangeSection(string Title, int Verdicts, IReadOnlyList<ChangeGroup> Groups);
