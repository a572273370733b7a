namespace Harness.Ktap;

/// <summary>
/// The content of a KTAP version 1 text (Documentation/dev-tools/ktap.rst), as far as it could be read: a truncated or
/// noisy text gives what there is, and the noise.
/// </summary>
/// <param name="HasVersion">The version line was seen.</param>
/// <param name="Plan">The number of tests announced; <c>null</c> when the plan is missing or cut.</param>
/// <param name="Diagnostics">The <c># …</c> lines outside results, without their mark.</param>
/// <param name="Noise">The lines that are no KTAP.</param>
/// <param name="Truncated">The last line has no newline: it was cut, and is not interpreted.</param>
public sealed record KtapDocument(
    bool HasVersion,
    int? Plan,
    IReadOnlyList<KtapResult> Results,
    IReadOnlyList<string> Diagnostics,
    IReadOnlyList<string> Noise,
    bool Truncated);
