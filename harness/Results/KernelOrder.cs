namespace Harness.Results;

/// <summary>
/// Orders kernels by upstream version, those without one last, then commits by date, then by id as packages' versions
/// are ordered (<see cref="IdOrder"/>). Whatever shows kernels in order uses it.
/// </summary>
public sealed class KernelOrder : IComparer<KernelResult>
{
    public static KernelOrder Instance { get; } = new();

    public int Compare(KernelResult? x, KernelResult? y) => Compare(
        (KernelVersion.TryParse(x?.Version), x?.CommittedAt, x?.Id),
        (KernelVersion.TryParse(y?.Version), y?.CommittedAt, y?.Id));

    /// <summary>The same of kernels that have no result yet.</summary>
    public static int Compare(
        (KernelVersion? Version, DateTimeOffset? CommittedAt, string? Id) x,
        (KernelVersion? Version, DateTimeOffset? CommittedAt, string? Id) y)
    {
        var order = (x.Version, y.Version) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            var (a, b) => a.CompareTo(b),
        };
        order = order != 0 ? order : Nullable.Compare(x.CommittedAt, y.CommittedAt);
        return order != 0 ? order : IdOrder.Compare(x.Id, y.Id);
    }
}
