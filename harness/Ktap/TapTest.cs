namespace Harness.Ktap;

/// <summary>One test of a TAP or KTAP text, with its subtests.</summary>
/// <param name="Number">As its line gives it; <c>null</c> where it gives none.</param>
/// <param name="Name">Its description; empty where there is none.</param>
/// <param name="Directive">
/// <c>SKIP</c>, <c>TODO</c>, <c>XFAIL</c>, <c>TIMEOUT</c> or <c>ERROR</c>; <c>null</c> when there is none.
/// </param>
/// <param name="Diagnostic">What stands behind <c>#</c> and the directive.</param>
/// <param name="Log">
/// The diagnostic and unknown lines before its result, which is where KTAP puts those of a test, and TAP's YAML block
/// behind it.
/// </param>
/// <param name="Tests">Its subtests, in their order.</param>
/// <param name="Missing">How many of the subtests that its plan announces have no result.</param>
public sealed record TapTest(
    long? Number,
    string Name,
    TapStatus Status,
    string? Directive,
    string Diagnostic,
    IReadOnlyList<string> Log,
    IReadOnlyList<TapTest> Tests,
    long Missing)
{
    /// <summary>A result is missing: its own, or that of a subtest at whatever level.</summary>
    public bool IsIncomplete => Missing > 0 || (Status == TapStatus.Error && Directive is null);
}
