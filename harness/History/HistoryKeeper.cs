using Harness.Probes;
using Harness.Results;

namespace Harness.History;

/// <summary>
/// Adds a finished run to the store. The run's own files are written by then, so a failure here does not harm them.
/// </summary>
public static class HistoryKeeper
{
    /// <summary>
    /// Adds a run that lies in <c>results/</c>; others have no history, and a share of a matrix has the one of the run
    /// that it becomes a part of.
    /// </summary>
    /// <returns>Why the run could not be added, in one line; <c>null</c> otherwise.</returns>
    public static string? Append(RunDocument document, ProbeList probes, string results, string directory)
    {
        if (Path.GetDirectoryName(directory) != results || document.Shard is not null)
        {
            return null;
        }
        try
        {
            using var store = HistoryStore.Open(Path.Combine(results, HistoryStore.Name));
            store.Append(document, Path.GetFileName(directory), probes);
            return null;
        }
        catch (HistoryException e)
        {
            return $"the run is whole, and is not in the history: {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            // There is no native SQLite for this machine.
            or DllNotFoundException or TypeInitializationException)
        {
            return $"the run is whole, and is not in the history: {e.Message.Split('\n')[0]}";
        }
    }
}
