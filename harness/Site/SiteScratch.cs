using System.Globalization;

namespace Harness.Site;

/// <summary>
/// A directory on the site's file system in which files are written before they get their place. It goes when the
/// publisher ends, or when the next one begins.
/// </summary>
internal sealed class SiteScratch : IDisposable
{
    private const string Begin = ".harness-site.";
    private const string End = ".tmp";

    public SiteScratch(string site)
    {
        foreach (var left in Directory.EnumerateFileSystemEntries(site, $"{Begin}*{End}").Where(IsLeft))
        {
            Remove(left);
        }
        Path = System.IO.Path.Combine(site, $"{Begin}{Environment.ProcessId}{End}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>A publisher's own: neither a file of the site, nor a reason not to publish there.</summary>
    public static bool IsOne(string path) => System.IO.Path.GetFileName(path) is var name
        && name.StartsWith(Begin, StringComparison.Ordinal) && name.EndsWith(End, StringComparison.Ordinal);

    public void Dispose() => Remove(Path);

    /// <summary>Its process has ended.</summary>
    private static bool IsLeft(string path)
    {
        var number = System.IO.Path.GetFileName(path)[Begin.Length..^End.Length];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && !Directory.Exists($"/proc/{process}");
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
