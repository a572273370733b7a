namespace Harness.Tests.Architecture;

/// <summary>The source files below a folder, without what a build leaves there.</summary>
internal static class SourceTree
{
    private static readonly string[] _built = ["bin", "obj"];

    /// <returns>Paths relative to the folder, with forward slashes, sorted.</returns>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Where(path => extensions.Contains(Path.GetExtension(path)) && !_built.Contains(path.Split('/')[0]))
            .Order(StringComparer.Ordinal)];
}
