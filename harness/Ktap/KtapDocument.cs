namespace Harness.Ktap;

/// <summary>One test result line of a KTAP document.</summary>
/// <param name="Number">As printed; a KTAP reader takes the order of the lines when it is missing.</param>
/// <param name="Description">The test's name: here, the case id.</param>
/// <param name="Directive"><c>SKIP</c>, <c>TODO</c>, <c>XFAIL</c>, <c>TIMEOUT</c> or <c>ERROR</c>; else <c>null</c>.</param>
/// <param name="Diagnostic">What follows <c>#</c> and the directive.</param>
public sealed record KtapResult(int Number, bool Ok, string Description, string? Directive, string Diagnostic);

/// <summary>
/// What a KTAP version 1 text says (Documentation/dev-tools/ktap.rst), as far as it goes: a truncated or noisy text
/// gives what could be read, and the noise.
/// </summary>
/// <param name="HasVersion">The version line was seen.</param>
/// <param name="Plan">The number of tests announced; <c>null</c> when the plan is missing or cut.</param>
/// <param name="Diagnostics">The <c># …</c> lines outside results, without their mark.</param>
/// <param name="Noise">Lines that are no KTAP.</param>
/// <param name="Truncated">The last line has no newline: it was cut, and is not interpreted.</param>
public sealed record KtapDocument(
    bool HasVersion,
    int? Plan,
    IReadOnlyList<KtapResult> Results,
    IReadOnlyList<string> Diagnostics,
    IReadOnlyList<string> Noise,
    bool Truncated);
