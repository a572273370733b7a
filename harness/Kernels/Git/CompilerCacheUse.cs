using System.Globalization;

namespace Harness.Kernels.Git;

/// <summary>What ccache had of the files that one build compiled.</summary>
/// <param name="Hits">Files whose objects it had.</param>
/// <param name="Compilations">All files that were compiled through it.</param>
public sealed record CompilerCacheUse(int Hits, int Compilations)
{
    /// <summary>The file to which ccache (4.4 and later) appends what came of each call.</summary>
    internal const string LogVariable = "CCACHE_STATSLOG";

    /// <summary>Reads that file: for each call a comment, then the names of the counters that it adds to.</summary>
    /// <returns><c>null</c> when nothing was compiled through ccache.</returns>
    internal static CompilerCacheUse? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        var (hits, misses) = (0, 0);
        foreach (var line in File.ReadLines(path))
        {
            hits += line is "direct_cache_hit" or "preprocessed_cache_hit" ? 1 : 0;
            misses += line is "cache_miss" ? 1 : 0;
        }
        return hits + misses == 0 ? null : new CompilerCacheUse(hits, hits + misses);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Hits} of {Compilations} objects from ccache ({100.0 * Hits / Compilations:0} %)");
}
