namespace Harness.Probes.Libbpf;

/// <summary>
/// Static libbpfs of other versions than the machine's, as <c>scripts/setup --libbpf X.Y</c> unpacks them into the
/// user's cache.
/// </summary>
/// <param name="cacheRoot">The user's cache.</param>
public sealed class LibbpfVersions(string cacheRoot)
{
    private string Root => Path.Combine(cacheRoot, "libbpf");

    /// <summary>The directory that holds this version, or <c>null</c>.</summary>
    public string? Find(string version)
    {
        var directory = Path.Combine(Root, version);
        return IsWhole(directory) ? directory : null;
    }

    /// <summary>The versions that are there, oldest first.</summary>
    public IReadOnlyList<string> All() => !Directory.Exists(Root) ? [] :
    [
        .. Directory.EnumerateDirectories(Root).Where(IsWhole).Select(d => Path.GetFileName(d)!)
            .Where(name => Version.TryParse(name, out _)).OrderBy(Version.Parse),
    ];

    /// <exception cref="Yaml.YamlFileException">A version is not there.</exception>
    public void RequireInstalled(IReadOnlyList<AxisValue> versions)
    {
        var problems = ProblemsOf(versions).ToList();
        if (problems.Count > 0)
        {
            throw new Yaml.YamlFileException(problems);
        }
    }

    /// <summary>What is wrong with versions that are not there, each with its place.</summary>
    public IEnumerable<string> ProblemsOf(IReadOnlyList<AxisValue> versions) => versions
        .Where(l => Find(l.Name) is null)
        .Select(l => $"{l.At}: a static libbpf {l.Name} is not in the cache ({InWords(All())});"
            + $" run scripts/setup --libbpf {l.Name}");

    private static string InWords(IReadOnlyList<string> versions) =>
        versions.Count == 0 ? "none is" : $"there are {string.Join(", ", versions)}";

    private static bool IsWhole(string directory) => Directory.Exists(directory)
        && Directory.EnumerateFiles(directory, "libbpf.a", SearchOption.AllDirectories).Any();
}
