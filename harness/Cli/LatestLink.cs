using System.Runtime.InteropServices;

namespace Harness.Cli;

/// <summary><c>results/latest</c> points to the newest run.</summary>
internal static partial class LatestLink
{
    /// <summary>Replaces the link in one step; a run outside <c>results/</c> is not linked.</summary>
    public static void Point(string results, string directory)
    {
        if (Path.GetDirectoryName(directory) != results)
        {
            return;
        }
        var link = Path.Combine(results, "latest");
        var temporary = $"{link}.{Environment.ProcessId}.tmp";
        File.CreateSymbolicLink(temporary, Path.GetFileName(directory));
        // File.Move follows the link and finds a directory.
        if (Rename(temporary, link) != 0)
        {
            File.Delete(temporary);
        }
    }

    /// <summary>rename(2).</summary>
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to);
}
