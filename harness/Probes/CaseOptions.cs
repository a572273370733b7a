namespace Harness.Probes;

/// <summary>What cases need of a kernel that is built for them.</summary>
/// <param name="Cases">The ids of these cases.</param>
/// <param name="Lines">
/// Of .config: <c>CONFIG_NET=y</c>. A kernel whose tree has such an option, and that is built without it, skips the
/// cases or gives them another verdict.
/// </param>
public sealed record CaseOptions(Glob Cases, params IReadOnlyList<string> Lines)
{
    /// <summary>Further lines, without which another way may lead to the same.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];
}
