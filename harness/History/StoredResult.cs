using Harness.Results;

namespace Harness.History;

/// <summary>One kernel in one run.</summary>
/// <param name="Image">The image's SHA256; <c>null</c> when the image could not be had.</param>
/// <param name="Unexpected">How many cases are not as expected.</param>
public sealed record StoredResult(
    string Kernel, string? Version, string Arch, string? Image, KernelStatus Status, int Unexpected,
    IReadOnlyList<ProbedAnswers> Answers)
{
    /// <summary>
    /// It is no kernel's: it stands in the place of kernels that could not be looked for in that run.
    /// </summary>
    public bool IsStandIn { get; init; }

    /// <summary>Where it is from, when the run did not measure it; else <c>null</c>.</summary>
    public KnownFrom? Known { get; init; }
}
