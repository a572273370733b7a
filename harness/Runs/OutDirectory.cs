using Harness.Results;

namespace Harness.Runs;

/// <summary>The directory that <c>--out</c> names, before a run writes there.</summary>
internal static class OutDirectory
{
    /// <summary>What a run makes before its first kernel is finished.</summary>
    private static readonly string[] _early =
        [Journal.Name, RunDirectory.LogName, RunDirectory.ConsoleName, RunDirectory.KtapName, RunDirectory.WorkName];

    /// <summary>
    /// Whether the directory is there, and holds at most what a run leaves that was killed before its first kernel was
    /// finished: nothing was measured there.
    /// </summary>
    public static bool HoldsNothingMeasured(string directory)
    {
        try
        {
            return Directory.Exists(directory)
                && Directory.EnumerateFileSystemEntries(directory)
                    .All(entry => _early.Contains(Path.GetFileName(entry), StringComparer.Ordinal))
                && Journal.IsUnbegun(directory);
        }
        catch (IOException)
        {
            return false; // Another run writes its journal at this moment.
        }
    }

    /// <summary>Removes what an earlier run left that measured nothing.</summary>
    /// <exception cref="IOException">Another run writes there, or the directory is not writable.</exception>
    public static void Clear(string directory)
    {
        if (!HoldsNothingMeasured(directory))
        {
            return; // It is not there yet.
        }
        // Only a run that has no journal open is cleared away.
        using (new FileStream(
            Path.Combine(directory, Journal.Name), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            File.Delete(Path.Combine(directory, RunDirectory.LogName));
            foreach (var below in new[] { RunDirectory.ConsoleName, RunDirectory.KtapName, RunDirectory.WorkName })
            {
                Files.Remove(Path.Combine(directory, below));
            }
        }
    }
}
