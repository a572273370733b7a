namespace Harness.Probes;

/// <summary>Another build of a probe's program, which ran some of the cases again.</summary>
/// <param name="Label">The last part of its case ids, <c>libbpf-1-5</c>.</param>
/// <param name="Name">In words: <c>libbpf 1.5</c>.</param>
/// <param name="Sha256">Of the program, in hexadecimal.</param>
public sealed record ProgramVariant(string Label, string Name, string Sha256);
