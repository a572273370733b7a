namespace Harness.Kernels.Git;

/// <summary>
/// Paths as a user gives them to git (gitglossary(7), "pathspec"), which git takes from the directory in which it runs.
/// </summary>
internal static class GitPaths
{
    private const string LongMagic = ":(";
    private const string ShortMagic = "!^";

    /// <summary>The same paths for a git that runs at the top level of a work tree.</summary>
    /// <param name="typed">From where the user stands.</param>
    /// <param name="prefix">Where the user stands, below the top level: <c>kernel/</c>, or empty.</param>
    /// <param name="top">The top level's directory, without symbolic links.</param>
    public static IReadOnlyList<string> FromTop(IEnumerable<string> typed, string prefix, string top) =>
        [.. typed.Select(path => FromTop(path, prefix, top))];

    private static string FromTop(string path, string prefix, string top)
    {
        var words = MagicOf(path);
        var place = path[words.Length..];
        if (words.Length > 0 && IsFromTop(words))
        {
            return path;
        }
        if (Path.IsPathRooted(place))
        {
            var below = Path.GetRelativePath(top, Files.RealPath(place));
            return below == ".." || below.StartsWith("../", StringComparison.Ordinal) ? path : words + below;
        }
        return words + prefix + place;
    }

    /// <summary><c>:(icase)</c>, <c>:!</c>, <c>:/</c>; empty for a plain path.</summary>
    private static string MagicOf(string path)
    {
        if (path.StartsWith(LongMagic, StringComparison.Ordinal))
        {
            return path[..(path.IndexOf(')', StringComparison.Ordinal) + 1)];
        }
        if (path is not [':', ..])
        {
            return "";
        }
        var end = 1;
        while (end < path.Length && (path[end] == '/' || ShortMagic.Contains(path[end], StringComparison.Ordinal)))
        {
            end++;
        }
        return path[..(end < path.Length && path[end] == ':' ? end + 1 : end)];
    }

    /// <summary>A lone colon is git's word for no path at all.</summary>
    private static bool IsFromTop(string magic) => magic.StartsWith(LongMagic, StringComparison.Ordinal)
        ? magic[LongMagic.Length..^1].Split(',').Contains("top")
        : magic == ":" || magic.Contains('/', StringComparison.Ordinal);
}
