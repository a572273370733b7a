using Harness.Machines;

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

    /// <summary>
    /// Parts of the kernel that change none of its verdicts. A boot leaves an area out, to save time, when all of its
    /// probes do without it.
    /// </summary>
    public IReadOnlySet<KernelArea> DoesWithout { get; init; } = new HashSet<KernelArea>();

    /// <summary>Lines of .config that a kernel must have which is built for the probe: <c>CONFIG_NET=y</c>.</summary>
    public IReadOnlyList<string> KernelOptions { get; init; } = [];
}
