namespace Harness.History;

/// <summary>
/// A case that gave different verdicts on the same kernel image with the same prober.
/// </summary>
/// <param name="Image">The kernel image's sha256.</param>
/// <param name="Verdicts">Each verdict, with the number of runs that saw it.</param>
public sealed record FlakyCase(
    string Case, string Kernel, string Image, string Prober, IReadOnlyList<SeenVerdict> Verdicts);
