namespace Harness.Probes.Object;

/// <summary>Finds the objects that a path, a directory or a pattern of paths names.</summary>
internal static class ObjectPaths
{
    private const string Suffix = ".bpf.o";

    /// <summary>More files than anybody asks about: the pattern is a mistake.</summary>
    private const int Most = 1000;

    private const string AnyDepth = "**";

    private static readonly EnumerationOptions _below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16, // A link may lead to a directory above it.
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    };

    /// <param name="path">
    /// Absolute: a file; a directory, for all <c>*.bpf.o</c> below it; or a pattern as a shell has it, where <c>*</c>,
    /// <c>?</c>, <c>[…]</c> and <c>{a,b}</c> stand for a part of a name, and <c>**</c> for directories of any depth.
    /// </param>
    /// <returns>Sorted, each once.</returns>
    /// <exception cref="FormatException">It names nothing, or too much; the message says which.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }
        try
        {
            return Directory.Exists(path)
                ? Some(Directory.EnumerateFiles(path, "*" + Suffix, _below), $"{path}: no *{Suffix} is below it")
                : IsPattern(path)
                    ? Some(Matching("/", path.Split('/', StringSplitOptions.RemoveEmptyEntries)),
                        $"{path}: no file matches")
                    : throw new FormatException($"{path}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

    private static bool IsPattern(string path) => path.AsSpan().IndexOfAny("*?[{") >= 0;

    private static List<string> Some(IEnumerable<string> found, string otherwise)
    {
        List<string> files = [.. found.Distinct().Take(Most + 1).Order(StringComparer.Ordinal)];
        return files.Count switch
        {
            0 => throw new FormatException(otherwise),
            > Most => throw new FormatException(
                FormattableString.Invariant($"{otherwise.Split(':')[0]}: names more than {Most} objects")),
            _ => files,
        };
    }

    /// <summary>As in a shell, a name that begins with a dot is matched only by a pattern that does.</summary>
    private static IEnumerable<string> Matching(string directory, ReadOnlyMemory<string> parts)
    {
        var (part, rest) = (parts.Span[0], parts[1..]);
        if (part == AnyDepth && rest.Length > 0)
        {
            return Directory.EnumerateDirectories(directory, "*", _below).Prepend(directory)
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
        return rest.Length == 0 ? names.Where(File.Exists)
            : names.Where(Directory.Exists).SelectMany(below => Matching(below, rest));
    }

    private static readonly EnumerationOptions _here = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
    };
}
