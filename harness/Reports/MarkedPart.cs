namespace Harness.Reports;

/// <summary>A part of a page that is written from a run.</summary>
/// <param name="Start">The line of its marker, counted from 0.</param>
/// <param name="End">The line of the marker's end.</param>
/// <param name="Cases">Whose verdicts stand between the two.</param>
public sealed record MarkedPart(int Start, int End, IReadOnlyList<Glob> Cases);
