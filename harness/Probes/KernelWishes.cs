namespace Harness.Probes;

/// <summary>What a program's guest gets of each kernel's own files, where they are to be had.</summary>
/// <param name="Modules">
/// Modules by name. The guest has those that are not built in as <c>/modules/NN-NAME.ko</c>, in the order of loading
/// and with what they need, and in <c>/modules.missing</c> a sentence about those that the kernel has nowhere. Where
/// nobody knows which modules the kernel has, <c>/modules.unknown</c> says so instead.
/// </param>
public sealed record KernelWishes(IReadOnlyList<string> Modules)
{
    public static KernelWishes None { get; } = new([]);

    /// <summary>
    /// Modules that these are known to need: a package is unpacked once where all that is needed is named.
    /// </summary>
    public IReadOnlyList<string> Likely { get; init; } = [];

    /// <summary>The kernel's options (.config), which the guest has as <c>/kernel-config</c>.</summary>
    public bool Configuration { get; init; }

    /// <summary>There is nothing to get.</summary>
    public bool IsEmpty => Modules.Count == 0 && !Configuration;

    /// <summary>What several programs of one guest get.</summary>
    public static KernelWishes Of(IEnumerable<KernelWishes> all)
    {
        var wishes = all.ToList();
        return new KernelWishes([.. wishes.SelectMany(w => w.Modules).Distinct()])
        {
            Likely = [.. wishes.SelectMany(w => w.Likely).Distinct()],
            Configuration = wishes.Exists(w => w.Configuration),
        };
    }
}
