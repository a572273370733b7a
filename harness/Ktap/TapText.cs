namespace Harness.Ktap;

/// <summary>What a program wrote in TAP or KTAP, as far as it could be read.</summary>
/// <param name="Version">As its first line says it (<c>KTAP 1</c>, <c>TAP 13</c>); <c>null</c> where none does.</param>
/// <param name="Plan">How many tests the outermost plan announces; <c>null</c> without one.</param>
/// <param name="Tests">The outermost tests, in their order.</param>
/// <param name="Missing">How many of them have no result.</param>
/// <param name="SkipReason">Why no test was run, as the plan <c>1..0 # SKIP</c> says; else <c>null</c>.</param>
/// <param name="BailOut">Why the program gave up, as <c>Bail out!</c> says; else <c>null</c>.</param>
/// <param name="Problems">Where the text breaks the rules of its format, each with its line; at most 20.</param>
/// <param name="Log">The lines that belong to no test, in their order.</param>
public sealed record TapText(
    string? Version,
    long? Plan,
    IReadOnlyList<TapTest> Tests,
    long Missing,
    string? SkipReason,
    string? BailOut,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Log)
{
    /// <summary>
    /// The text is meant to be read as results: it has a version line, or, as TAP before version 13, a plan and
    /// results.
    /// </summary>
    public bool IsTap => Version is not null || (Plan is not null && (Tests.Count > 0 || SkipReason is not null));
}
