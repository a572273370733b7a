namespace Harness.Kernels.Modules;

/// <summary>What comes with a kernel beside its image: modules, and its configuration.</summary>
/// <param name="Origin">Where they are, or were looked for, in words: <c>the package</c>.</param>
public sealed record KernelFiles(string Origin)
{
    /// <summary>Of modules, by name, their files on this machine, compressed or not.</summary>
    public IReadOnlyDictionary<string, string> Modules { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of modules that the kernel has built in; <c>null</c> where that is not known.</summary>
    public IReadOnlySet<string>? BuiltIn { get; init; }

    /// <summary>
    /// Whether it is known which modules the kernel has. Where it is not, what a guest lacks says nothing about the
    /// kernel.
    /// </summary>
    public bool KnowsModules => BuiltIn is not null || Modules.Count > 0;

    /// <summary>The file with its options (.config); <c>null</c> where there is none.</summary>
    public string? Configuration { get; init; }

    /// <summary>Why they could not be had, for a reason on this side; <c>null</c> where nothing failed.</summary>
    public string? Failure { get; init; }

    /// <summary>The file of modules that are built in, as kbuild names it.</summary>
    public const string BuiltInName = "modules.builtin";

    /// <summary>A module's name, by its file or its path in <c>modules.builtin</c>; <c>null</c> for what is none.
    /// </summary>
    public static string? ModuleOf(string path)
    {
        var file = path[(path.LastIndexOf('/') + 1)..].Trim();
        var end = file.IndexOf(".ko", StringComparison.Ordinal);
        return end > 0 && file[end..] is ".ko" or ".ko.xz" or ".ko.zst" or ".ko.gz" ? Normal(file[..end]) : null;
    }

    /// <summary>A name as the kernel itself writes it: it takes a dash for an underscore.</summary>
    public static string Normal(string name) => name.Replace('-', '_');

    /// <param name="text">The content of <c>modules.builtin</c>: a path a line.</param>
    public static IReadOnlySet<string> ReadBuiltIn(string text) =>
        text.Split('\n').Select(ModuleOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
