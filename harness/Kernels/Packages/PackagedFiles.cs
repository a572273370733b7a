using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Harness.Cache;
using Harness.Kernels.Modules;
using Harness.Processes;

namespace Harness.Kernels.Packages;

/// <summary>
/// What a kernel's packages have beside the image: some of its modules, and its configuration, in the user's cache.
/// </summary>
/// <param name="packages">The kernel's packages; the first one holds the image.</param>
/// <param name="cacheRoot">The user's cache.</param>
internal sealed partial class PackagedFiles(IReadOnlyList<PackageFile> packages, string cacheRoot)
{
    /// <summary>Not by its name, so that kernels which lack the same say the same.</summary>
    public const string Origin = "the package";

    /// <summary>The kernel's options, here and beside an image.</summary>
    public const string ConfigurationName = "config";

    /// <summary>Modules are found by what others need, each time deeper; no chain of those is longer.</summary>
    private const int MostPasses = 6;

    private string Directory => Path.Combine(CacheKind.KernelFiles.In(cacheRoot), packages[0].Sha256);

    private string Marker => Path.Combine(Directory, CacheKind.KernelFiles.Marker!);

    /// <param name="download">
    /// Downloads a package to a path and verifies it; it says why it could not.
    /// </param>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    /// <exception cref="CommandException">What unpacks packages or modules is not installed.</exception>
    public async Task<KernelFiles> GetAsync(
        IReadOnlyList<string> modules, Func<PackageFile, string, Task<ImageResult?>> download,
        CancellationToken cancellation)
    {
        if (Cached(modules) is { } cached)
        {
            return cached;
        }
        using var held = await CacheLock.TakeAsync(cacheRoot, $"files-{packages[0].Sha256}", cancellation)
            .ConfigureAwait(false);
        if (Cached(modules) is { } meanwhile)
        {
            return meanwhile;
        }
        System.IO.Directory.CreateDirectory(Directory);
        string[] paths = [.. packages.Select((_, i) => Path.Combine(Directory, $"package.{i}"))];
        try
        {
            foreach (var (package, path) in packages.Zip(paths))
            {
                if (await download(package, path).ConfigureAwait(false) is { } failure)
                {
                    return failure is ImageResult.Unavailable { NotServed: true }
                        ? new KernelFiles($"{Origin}, which the archive does not serve any more")
                        : new KernelFiles(Origin) { Failure = failure.Problem };
                }
            }
            // Several matrices ask about one kernel in turn: what one of them found stays for the others.
            var names = await ExtractAllAsync(paths, [.. modules, .. SoughtBefore ?? []], cancellation)
                .ConfigureAwait(false);
            CacheFile.Write(Marker, new SoughtModules([.. names.Order(StringComparer.Ordinal)]),
                SoughtModulesJson.Default.SoughtModules);
            return Files(names);
        }
        finally
        {
            Array.ForEach(paths, File.Delete);
        }
    }

    /// <summary>The names of all that was looked for so far; <c>null</c> before the first time.</summary>
    private IReadOnlyList<string>? SoughtBefore =>
        CacheFile.Read(Marker, SoughtModulesJson.Default.SoughtModules)?.Names;

    private KernelFiles? Cached(IReadOnlyList<string> modules)
    {
        if (SoughtBefore is not { } sought || !modules.All(sought.Contains))
        {
            return null;
        }
        CachePruning.Used(Marker);
        return Files(sought);
    }

    private KernelFiles Files(IEnumerable<string> names)
    {
        var builtIn = Path.Combine(Directory, KernelFiles.BuiltInName);
        var configuration = Path.Combine(Directory, ConfigurationName);
        return new KernelFiles(Origin)
        {
            Modules = names.Select(name => (name, Path: Path.Combine(Directory, $"{name}.ko")))
                .Where(m => File.Exists(m.Path)).ToDictionary(m => m.name, m => m.Path, StringComparer.Ordinal),
            BuiltIn = File.Exists(builtIn) ? KernelFiles.ReadBuiltIn(Harness.Files.ReadText(builtIn)) : null,
            Configuration = File.Exists(configuration) ? configuration : null,
        };
    }

    /// <summary>
    /// Takes the modules out of the packages, then those that they need, and so on. Each pass unpacks all of the
    /// packages, so callers name what they know to be needed.
    /// </summary>
    /// <returns>The names of all that was looked for.</returns>
    private async Task<HashSet<string>> ExtractAllAsync(
        IReadOnlyList<string> paths, IReadOnlyList<string> modules, CancellationToken cancellation)
    {
        var sought = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<string> next = modules;
        for (var pass = 0; pass < MostPasses && (pass == 0 || next.Count > 0); pass++)
        {
            sought.UnionWith(next);
            foreach (var package in paths)
            {
                await PackageContent.ExtractAsync(package, path => PlaceOf(path, sought), cancellation)
                    .ConfigureAwait(false);
            }
            var set = await ModuleSet.OfAsync(Files(sought), sought, cancellation).ConfigureAwait(false);
            next = [.. set.Missing.Where(name => !sought.Contains(name))];
        }
        return sought;
    }

    /// <summary>Where a file of a package goes; <c>null</c> for one that nobody wants.</summary>
    private string? PlaceOf(string path, HashSet<string> sought) =>
        PackageContent.IsConfiguration(path) ? Path.Combine(Directory, ConfigurationName)
        : !ModulesPath().IsMatch(path) ? null
        : path.EndsWith($"/{KernelFiles.BuiltInName}", StringComparison.Ordinal)
            ? Path.Combine(Directory, KernelFiles.BuiltInName)
        // Its content says how it is compressed.
        : KernelFiles.ModuleOf(path) is { } name && sought.Contains(name) ? Path.Combine(Directory, $"{name}.ko")
        : null;

    [GeneratedRegex(@"^(usr/)?lib/modules/[^/]+/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ModulesPath();
}

/// <summary>The modules that were looked for in a package, found or not.</summary>
internal sealed record SoughtModules(IReadOnlyList<string> Names);

[JsonSerializable(typeof(SoughtModules))]
internal sealed partial class SoughtModulesJson : JsonSerializerContext;
