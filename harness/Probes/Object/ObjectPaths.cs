namespace Harness.Probes.Object;

/// <summary>Finds the objects that a path, a directory or a pattern of paths names.</summary>
internal static class ObjectPaths
{
    private const string Suffix = ".bpf.o";

    /// <summary>More files than anybody asks about: the pattern is a mistake.</summary>
    private const int Most = 1000;

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
                ? Some(Directory.EnumerateFiles(path, "*" + Suffix, PathGlob.Below),
                    $"{path}: no *{Suffix} is below it")
                : PathGlob.IsPattern(path)
                    ? Some(PathGlob.Matching(path).Where(File.Exists),
                        $"{path}: no file matches")
                    : throw new FormatException($"{path}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

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
}
