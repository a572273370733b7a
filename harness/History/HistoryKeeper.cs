using Harness.Probes;
using Harness.Results;

namespace Harness.History;

/// <summary>Adds a finished run to the store beside it. The run's own files are written by then, and nothing here can harm them.</summary>
public static class HistoryKeeper
{
    /// <summary>Why the run was not added, in one line; <c>null</c> when it was, or when it lies elsewhere than in <c>results/</c>.</summary>
    public static string? Append(RunDocument document, ProbeList probes, string results, string directory)
    {
        if (Path.GetDirectoryName(directory) != results)
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or TypeInitializationException)
        {
            return $"the run is whole, and is not in the history: {e.Message.Split('\n')[0]}"; // No native SQLite for this machine, for instance.
        }
    }
}
