namespace Harness.Probes;

/// <summary>
/// A probe asks each booted kernel the same questions. This descriptor says, as data, all that the rest of the harness
/// needs to know of one; only what data cannot express is code in the probe's own folder.
/// </summary>
public sealed record Probe
{
    /// <summary>As the matrix, <c>run.probes</c> and the verb <c>probes</c> name it: <c>inner-maps</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The heading of a report about this probe alone.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// The first parts of its case ids. The first part of an id leads to its probe, so no two probes share one.
    /// </summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>How its case ids are made of parts.</summary>
    public required CaseIdForm Ids { get; init; }

    /// <summary>The steps at which a kernel may refuse, as the native side names them.</summary>
    public required IReadOnlyList<string> Steps { get; init; }
}
