using Harness.Probes;

namespace Harness.Bisection.Commits;

/// <summary>
/// The files that the probes were given on the command line, copied into the bisection's directory, so that they can be
/// sent with what else lies there.
/// </summary>
internal sealed class GivenFiles
{
    /// <summary>In the bisection's directory.</summary>
    private const string DirectoryName = "files";

    /// <summary>In bytes: a larger file is named and not copied.</summary>
    private const long Largest = 64 << 20;

    private readonly List<string> _names = [];

    /// <param name="directory">The bisection's.</param>
    /// <exception cref="IOException">A file cannot be copied.</exception>
    public GivenFiles(ProbeOptionValues probes, string directory) => Beside = new ProbeOptionValues(
        probes.ByOption.ToDictionary(
            option => option.Key,
            IReadOnlyList<string> (option) => [.. option.Value.Select(value => Copy(value, directory))],
            StringComparer.Ordinal));

    /// <summary>The options as they are given beside the copies.</summary>
    public ProbeOptionValues Beside { get; }

    /// <summary>
    /// Relative to the bisection's directory; of what is not copied, a directory or a large file, the last part of its
    /// path.
    /// </summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>
    /// A file keeps its name, which is part of its cases' ids: two of one name lie in directories of their own.
    /// </summary>
    private string Copy(string value, string directory)
    {
        if (!Path.IsPathRooted(value))
        {
            return value;
        }
        var name = Path.GetFileName(value.TrimEnd('/'));
        if (new FileInfo(value) is { Exists: true, Length: <= Largest })
        {
            var plain = Path.Combine(DirectoryName, name);
            name = _names.Contains(plain) ? Path.Combine(DirectoryName, $"{_names.Count + 1}", name) : plain;
            var copy = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(value, copy, overwrite: true);
        }
        _names.Add(name);
        return name;
    }
}
