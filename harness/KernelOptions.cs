namespace Harness;

/// <summary>Lines of .config (<c>CONFIG_NET=y</c>) for a kernel that is built for probes.</summary>
/// <param name="Wanted">Set where the kernel's tree lets them be set.</param>
/// <param name="Needed">
/// Set as well. A tree that has one of these options and cannot set it gives a kernel that does not answer what is
/// asked, so that it is not built.
/// </param>
public sealed record KernelOptions(IReadOnlyList<string> Wanted, IReadOnlyList<string> Needed)
{
    public static KernelOptions None { get; } = new([], []);

    /// <summary>Each line once.</summary>
    public IReadOnlyList<string> Lines => [.. Wanted.Concat(Needed).Distinct()];

    /// <summary>What any of these asks for.</summary>
    public static KernelOptions Of(IEnumerable<KernelOptions> all)
    {
        var options = all.ToList();
        return new KernelOptions(
            [.. options.SelectMany(o => o.Wanted).Distinct()], [.. options.SelectMany(o => o.Needed).Distinct()]);
    }
}
