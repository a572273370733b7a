namespace Harness.Kernels.Choice;

/// <summary>Which of an archive's kernels are wanted.</summary>
/// <param name="From">The oldest version wanted, inclusive; a bare series (<c>5.10</c>) means all of it.</param>
/// <param name="To">The newest version wanted, inclusive; a bare series means all of it.</param>
/// <param name="Versions">When not empty, only these versions of packages, asked for by name.</param>
public record KernelChoice(KernelVersion? From, KernelVersion? To, Pick Pick, IReadOnlyList<string> Versions)
{
    /// <summary>Whether a kernel of this upstream version is within the bounds.</summary>
    public bool IsWanted(KernelVersion version) =>
        (From is null || version >= From || IsInBareSeries(version, From))
        && (To is null || version <= To || IsInBareSeries(version, To));

    // A bare series (5.10) as a bound means all of it, its pre-releases too, which sort before 5.10 itself.
    private static bool IsInBareSeries(KernelVersion version, KernelVersion bound) =>
        bound is { Patch: 0, Rc: null } && version.Series == bound.Series;
}
