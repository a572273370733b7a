namespace Harness.History;

/// <summary>A case whose verdict is not the same each time on the very same kernel, asked by the very same prober.</summary>
/// <param name="Image">The kernel image's sha256.</param>
/// <param name="Verdicts">Each verdict with how many runs saw it.</param>
public sealed record FlakyCase(string Case, string Kernel, string Image, string Prober, IReadOnlyList<SeenVerdict> Verdicts);
