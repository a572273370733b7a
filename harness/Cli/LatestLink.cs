namespace Harness.Cli;

/// <summary><c>results/latest</c> points to the newest run.</summary>
internal static class LatestLink
{
    /// <summary>The link's name, below <c>results/</c>.</summary>
    public const string Name = "latest";

    /// <summary>Replaces the link in one step; a run outside <c>results/</c> is not linked.</summary>
    public static void Point(string results, string directory)
    {
        if (Path.GetDirectoryName(directory) == results)
        {
            Files.PointLink(Path.Combine(results, Name), Path.GetFileName(directory));
        }
    }
}
