namespace Harness.Results;

/// <summary>A probe as a run asked it.</summary>
/// <param name="Title">The heading of a report about this probe alone.</param>
/// <param name="Sha256">Of the program that runs in the guest, in hexadecimal.</param>
/// <param name="Cases">How many cases it was asked to run.</param>
public sealed record ProbeInfo(string Name, string Title, string Sha256, int Cases);
