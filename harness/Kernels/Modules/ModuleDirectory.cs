namespace Harness.Kernels.Modules;

/// <summary>Looks for what comes with a kernel image that lies on this machine.</summary>
public static class ModuleDirectory
{
    /// <summary>
    /// A file of a build tree that names its kernel's release, and how deep images lie in that tree.
    /// </summary>
    private const string ReleaseFile = "include/config/kernel.release";
    private const int DeepestImage = 4;

    private const string OrderName = "modules.order";

    /// <summary>In lines: Debian's kernels have 4,300 modules.</summary>
    private const int MostModules = 100_000;

    /// <summary>
    /// The modules and the configuration of an image: those of the build tree that it lies in, else of
    /// <c>lib/modules/RELEASE</c> beside its directory, else of this machine.
    /// </summary>
    /// <param name="image">Absolute.</param>
    /// <param name="release">As the image names itself; <c>null</c> where it does not.</param>
    public static KernelFiles Of(string image, string? release)
    {
        var directory = Path.GetDirectoryName(image)!;
        try
        {
            if (Ancestors(directory).FirstOrDefault(tree => File.Exists(Path.Combine(tree, ReleaseFile))) is { } tree)
            {
                return Read(tree, Path.Combine(tree, ".config"), "the build tree");
            }
            string[] places = release is null || release.Contains('/', StringComparison.Ordinal) ? [directory] :
            [
                directory,
                Path.GetFullPath(Path.Combine(directory, "..", "lib", "modules", release)),
                Path.Combine("/lib/modules", release),
            ];
            return Array.Find(places, place => File.Exists(Path.Combine(place, OrderName))) is { } modules
                ? Read(modules, Path.Combine(directory, $"config-{release}"), modules)
                : new KernelFiles(release is null
                    ? $"{directory}, and its image does not say its release"
                    : $"/lib/modules/{release}, of this machine or beside {directory}")
                {
                    Configuration = Path.Combine(directory, $"config-{release}") is var beside && File.Exists(beside)
                        ? beside : null,
                };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new KernelFiles(directory) { Failure = e.Message };
        }
    }

    /// <summary>The release of a kernel's tree that is built; <c>null</c> for any other directory.</summary>
    public static string? ReleaseOf(string directory)
    {
        var file = Path.Combine(directory, ReleaseFile);
        return File.Exists(file) ? Files.ReadText(file).Trim() : null;
    }

    private static IEnumerable<string> Ancestors(string directory)
    {
        var next = directory;
        for (var depth = 0; next is not null && depth < DeepestImage; depth++)
        {
            yield return next;
            next = Path.GetDirectoryName(next);
        }
    }

    private static KernelFiles Read(string directory, string configuration, string origin)
    {
        var builtIn = Path.Combine(directory, KernelFiles.BuiltInName);
        return new KernelFiles(origin)
        {
            Modules = Order(directory).Select(path => (Name: KernelFiles.ModuleOf(path), Path: path))
                .Where(m => m.Name is not null).DistinctBy(m => m.Name)
                .ToDictionary(m => m.Name!, m => m.Path, StringComparer.Ordinal),
            BuiltIn = File.Exists(builtIn) ? KernelFiles.ReadBuiltIn(Files.ReadText(builtIn)) : null,
            Configuration = File.Exists(configuration) ? configuration : null,
        };
    }

    /// <summary>
    /// The modules that modules.order lists: as kernel/fs/x.ko where they are installed, as fs/x.ko or fs/x.o in a
    /// tree, and without the ending of a compression.
    /// </summary>
    private static IEnumerable<string> Order(string directory)
    {
        var order = Path.Combine(directory, OrderName);
        foreach (var line in Lines(order).Take(MostModules))
        {
            var path = line.EndsWith(".o", StringComparison.Ordinal) ? $"{line[..^2]}.ko" : line;
            var tree = path.StartsWith("kernel/", StringComparison.Ordinal) ? path["kernel/".Length..] : path;
            var found = new[] { path, tree }.SelectMany(p => new[] { p, $"{p}.xz", $"{p}.zst", $"{p}.gz" })
                .Select(p => Path.Combine(directory, p)).FirstOrDefault(File.Exists);
            if (found is not null)
            {
                yield return found;
            }
        }
    }

    private static string[] Lines(string path) =>
        File.Exists(path) ? Files.ReadText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
}
