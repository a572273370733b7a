namespace Harness;

/// <summary>
/// A pattern of paths as a shell has it: <c>*</c>, <c>?</c>, <c>[…]</c> and <c>{a,b}</c> stand for a part of a name,
/// and <c>**</c> for directories of any depth.
/// </summary>
internal static class PathGlob
{
    private const string AnyDepth = "**";

    /// <summary>How all that is below a directory is looked for.</summary>
    public static EnumerationOptions Below { get; } = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16, // A link may lead to a directory above it.
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    };

    private static readonly EnumerationOptions _here = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    };

    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny("*?[{") >= 0;

    /// <summary>The files and directories that match.</summary>
    /// <param name="path">Absolute.</param>
    /// <exception cref="IOException">A directory cannot be read.</exception>
    public static IEnumerable<string> Matching(string path) =>
        Matching("/", path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>As in a shell, a name that begins with a dot is matched only by a pattern that does.</summary>
    private static IEnumerable<string> Matching(string directory, ReadOnlyMemory<string> parts)
    {
        var (part, rest) = (parts.Span[0], parts[1..]);
        if (part == AnyDepth && rest.Length > 0)
        {
            return Directory.EnumerateDirectories(directory, "*", Below).Prepend(directory)
                .SelectMany(below => Matching(below, rest));
        }
        var names = new[] { Path.Combine(directory, part) }.Where(Path.Exists);
        if (IsPattern(part))
        {
            var glob = new Glob(part);
            names = Directory.EnumerateFileSystemEntries(directory, "*", _here)
                .Where(path => Path.GetFileName(path) is var name && glob.Matches(name)
                    && (name[0] != '.' || part[0] == '.'));
        }
        return rest.Length == 0 ? names
            : names.Where(Directory.Exists).SelectMany(below => Matching(below, rest));
    }
}
