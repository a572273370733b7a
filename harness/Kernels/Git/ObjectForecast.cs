using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Kernels.Git;

/// <summary>
/// How many object files a build will make. From nothing, as many as the last build from nothing, here or in another
/// workshop of this machine. On top of an earlier build, those that were made of a file that has changed: kbuild notes
/// in <c>.NAME.o.cmd</c> of what each was made (scripts/basic/fixdep.c).
/// </summary>
/// <param name="directory">The workshop's.</param>
/// <param name="tree">Where the kernel's files lie.</param>
/// <param name="build">Where its objects lie.</param>
internal sealed partial class ObjectForecast(string directory, string tree, string build)
{
    private const string Name = "objects";

    /// <returns><c>null</c> where no build from nothing was seen.</returns>
    public int? FromNothing()
    {
        var beside = Directory.EnumerateDirectories(Path.GetDirectoryName(directory)!)
            .Select(other => Path.Combine(other, Name)).Where(File.Exists).OrderByDescending(File.GetLastWriteTimeUtc);
        var own = Path.Combine(directory, Name);
        return (File.Exists(own) ? own : beside.FirstOrDefault()) is { } file
            && int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var objects)
            ? objects : null;
    }

    /// <param name="changed">Files that differ from those of the last build, from the top of the tree.</param>
    public int Of(IReadOnlySet<string> changed) => changed.Count == 0
        ? 0
        : Directory.EnumerateFiles(build, ".*.o.cmd", SearchOption.AllDirectories)
            .AsParallel().Count(file => WordsOf(file).Any(changed.Contains));

    /// <summary>Notes how many a build from nothing made.</summary>
    public void Remember(int objects) =>
        Files.Replace(Path.Combine(directory, Name), objects.ToString(CultureInfo.InvariantCulture));

    /// <summary>The files of the tree of which an object was made.</summary>
    private IEnumerable<string> WordsOf(string file) => Words().Matches(File.ReadAllText(file)).Select(m => m.Value)
        .Where(word => word.StartsWith(tree + "/", StringComparison.Ordinal)).Select(word => word[(tree.Length + 1)..]);

    [GeneratedRegex(@"\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
