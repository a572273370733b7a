namespace Harness.Results;

/// <summary>The prober that measured: the first one, which runs all cases; <see cref="RunInfo.Libbpf"/> has the further ones.</summary>
/// <param name="Sha256">Of the static binary.</param>
/// <param name="Cases">How many cases it was asked to run.</param>
public sealed record ProberInfo(string Sha256, int Cases = 0);
