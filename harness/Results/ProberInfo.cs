namespace Harness.Results;

/// <summary>The program that asked the kernels. Of several builds of it, this is the one that asks all cases.</summary>
/// <param name="Sha256">The hash of the static binary.</param>
/// <param name="Cases">How many cases it was asked to run.</param>
public sealed record ProberInfo(string Sha256, int Cases = 0);
