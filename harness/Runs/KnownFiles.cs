namespace Harness.Runs;

/// <summary>The consoles and reports of one kernel in a run directory.</summary>
/// <param name="directory">The run directory.</param>
/// <param name="kernel">The kernel's id.</param>
/// <param name="all">
/// The ids of all kernels of the run: that of one may be the beginning of another's, as git-v6.12 is of git-v6.12.1.
/// </param>
internal sealed class KnownFiles(string directory, string kernel, IEnumerable<string> all)
{
    /// <summary>In bytes: what a guest may write is more, and such a kernel is measured each time.</summary>
    public const long MostBytes = 16 << 20;

    private static readonly string[] _directories = [RunDirectory.ConsoleName, RunDirectory.KtapName];

    private readonly IReadOnlyList<string> _others =
        [.. all.Where(other => other.StartsWith(kernel + ".", StringComparison.Ordinal)).Select(other => other + ".")];

    /// <returns>By their paths in the run directory; <c>null</c> where they are too large.</returns>
    /// <exception cref="IOException">One cannot be read.</exception>
    public IReadOnlyDictionary<string, byte[]>? Read()
    {
        var files = _directories.Select(name => new DirectoryInfo(Path.Combine(directory, name)))
            .Where(d => d.Exists).SelectMany(d => d.EnumerateFiles(kernel + ".*"))
            .Where(file => IsOfKernel(file.Name)).ToList();
        return files.Sum(file => file.Length) > MostBytes ? null : files.ToDictionary(
            file => $"{file.Directory!.Name}/{file.Name}", file => File.ReadAllBytes(file.FullName),
            StringComparer.Ordinal);
    }

    /// <summary>Whether a path is one that <see cref="Read"/> gives, and none that leads elsewhere.</summary>
    public bool IsOne(string path) => path.Split('/') is [var place, var name]
        && _directories.Contains(place) && !name.Contains('\0', StringComparison.Ordinal) && IsOfKernel(name);

    /// <summary>Puts them into the run directory: all, or none.</summary>
    /// <exception cref="IOException">There is no room, or the like.</exception>
    public void Put(IReadOnlyDictionary<string, byte[]> files)
    {
        var work = new RunDirectory(directory).Work(kernel);
        try
        {
            Directory.CreateDirectory(work);
            foreach (var (i, file) in files.Index())
            {
                File.WriteAllBytes(Path.Combine(work, Number(i)), file.Value);
            }
            foreach (var (i, file) in files.Index())
            {
                var path = Path.Combine(directory, file.Key);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(Path.Combine(work, Number(i)), path, overwrite: true);
            }
        }
        finally
        {
            Harness.Files.Remove(work);
        }

        static string Number(int i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private bool IsOfKernel(string name) => name.StartsWith(kernel + ".", StringComparison.Ordinal)
        && !_others.Any(other => name.StartsWith(other, StringComparison.Ordinal));
}
