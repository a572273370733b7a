using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Runs;

/// <summary>Run ids: the time of the start in UTC, so that they sort by it.</summary>
public static partial class RunIds
{
    /// <summary>The id that <c>--out results/20260131-235959</c> chooses: a run is named as its directory.</summary>
    public static string? Named(string? directory, string results)
    {
        var path = directory is null ? "" : Files.FullPath(directory);
        var name = Path.GetFileName(path);
        return Path.GetDirectoryName(path) == results && Form().IsMatch(name) ? name : null;
    }

    /// <summary><c>20260131-235959</c>, with a number behind it when that directory is taken.</summary>
    /// <param name="prefix">Stands before the time in the id of something else, such as a bisection.</param>
    public static string New(DateTimeOffset now, string results, string prefix = "")
    {
        var id = prefix + now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Enumerable.Range(1, int.MaxValue)
            .Select(n => n == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{n}"))
            .First(free => !Directory.Exists(Path.Combine(results, free)));
    }

    [GeneratedRegex(@"^\d{8}-\d{6}(-\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
