using Harness.Results;

namespace Harness.Probes;

/// <summary>A case as a native program lists it.</summary>
/// <param name="Id">Its parts joined by dots; the first is one of the probe's layers.</param>
/// <param name="Want">What a portable program wants of a kernel.</param>
/// <param name="Source">Why, where that is not obvious; else empty.</param>
public sealed record ProbeCase(string Id, Outcome Want, string Source)
{
    /// <summary>Its answer may hold further cases, whose ids begin with its own: <c>ID.TEST</c>.</summary>
    public bool Opens { get; init; }

    /// <summary>Whether a case of a report is this one, or one that its answer holds.</summary>
    public bool Covers(string id) => id == Id || (Opens && id.StartsWith(Id + ".", StringComparison.Ordinal));

    /// <summary>
    /// Whether any of the patterns is one of this case, or may be one of those that its answer holds.
    /// </summary>
    public bool IsChosenBy(IReadOnlyList<Glob> globs) =>
        globs.Choose(Id) || (Opens && new Glob(Id + ".*") is var below && globs.Any(below.Overlaps));
}
