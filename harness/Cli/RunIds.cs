using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Kernels;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>Run ids: the time of the start, so that they sort and tell when.</summary>
internal static partial class RunIds
{
    /// <summary>The id that the user chose by <c>--out results/20260131-235959</c>: a run directory is named as its run is.</summary>
    public static string? Named(string? directory, string results)
    {
        var path = directory is null ? "" : Files.FullPath(directory);
        return Path.GetDirectoryName(path) == results && Form().IsMatch(Path.GetFileName(path)) ? Path.GetFileName(path) : null;
    }

    /// <summary><c>20260131-235959</c>, with a number behind it when that directory is taken.</summary>
    /// <param name="prefix">Before the time, for what is no run.</param>
    public static string New(DateTimeOffset now, string results, string prefix = "")
    {
        var id = prefix + now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{n}"))
            .First(candidate => !Directory.Exists(Path.Combine(results, candidate)));
    }

    [GeneratedRegex(@"^\d{8}-\d{6}(-\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>Ids for images given on the command line: their file names, told apart by a number where two are the same.</summary>
internal static class ImageIds
{
    public static IReadOnlyList<PlannedKernel> Of(IReadOnlyList<string> images)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. images.Select(image => new PlannedKernel(KernelResolver.Local(Unique(image, taken), image, null)))];
    }

    private static string Unique(string image, HashSet<string> taken)
    {
        var name = new string([.. Path.GetFileName(image).Select(c => KernelIds.Problem($"x{c}") is null ? c : '_')]).TrimStart('.', '-');
        name = name.Length == 0 ? "image" : name[..Math.Min(name.Length, 100)];
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{n}")).First(taken.Add);
    }
}
