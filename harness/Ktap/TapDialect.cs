namespace Harness.Ktap;

/// <summary>
/// Where TAP and KTAP differ in a line. The kernel's selftests call their output <c>TAP version 13</c> and mean KTAP,
/// so what both have is read alike.
/// </summary>
/// <param name="Name"><c>KTAP</c>, or <c>TAP</c>, also where no line says so.</param>
/// <param name="Version">12 for TAP that does not say which.</param>
internal sealed record TapDialect(string Name, long Version)
{
    /// <summary>A text without a version line: TAP before version 13.</summary>
    public static TapDialect Unversioned { get; } = new("TAP", 12);

    private bool IsTap => Name == "TAP";

    /// <summary>KTAP requires the number of a result; TAP lets it be left out.</summary>
    public bool NumbersAreOptional => IsTap;

    /// <summary><c>Bail out!</c> ends a TAP text; in KTAP it is an unknown line.</summary>
    public bool HasBailOut => IsTap;

    /// <summary>TAP 14 writes <c>\#</c> and <c>\\</c> in descriptions.</summary>
    public bool HasEscapes => IsTap && Version >= 14;

    /// <summary>
    /// A version line begins a level of its own, also behind <c># Subtest:</c>, and is not the subtest's first line.
    /// </summary>
    public bool LevelsHaveVersions => !IsTap;

    /// <summary>
    /// The directive that a result's comment begins with, and the rest of the comment. TAP writes directives in either
    /// case, KTAP in capitals; both take <c>SKIP</c> from longer words (<c>SKIPPED</c>).
    /// </summary>
    public (string? Directive, string Diagnostic) DirectiveOf(string comment)
    {
        var word = comment.Split([' ', '\t'], 2)[0];
        var plain = word.TrimEnd(':');
        plain = IsTap ? plain.ToUpperInvariant() : plain;
        var directive = plain.StartsWith("SKIP", StringComparison.Ordinal) ? "SKIP"
            : plain is "TODO" or "XFAIL" or "TIMEOUT" or "ERROR" ? plain : null;
        return (directive, directive is null ? comment : comment[word.Length..].Trim());
    }
}
