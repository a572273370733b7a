namespace Harness.Ktap;

/// <summary>One test result line of a KTAP document.</summary>
/// <param name="Number">
/// The number that the line gives; the line's place among the results, from 1, where it gives none.
/// </param>
/// <param name="Ok">The line says <c>ok</c> and not <c>not ok</c>.</param>
/// <param name="Description">The test's name: here, the case id.</param>
/// <param name="Directive">
/// <c>SKIP</c>, <c>TODO</c>, <c>XFAIL</c>, <c>TIMEOUT</c> or <c>ERROR</c>; <c>null</c> when there is none.
/// </param>
/// <param name="Diagnostic">The text behind <c>#</c> and the directive.</param>
public sealed record KtapResult(int Number, bool Ok, string Description, string? Directive, string Diagnostic);
