using System.Globalization;
using Harness.Probes;
using Harness.Results;

namespace Harness.History;

/// <summary>
/// Rebuilds the store from the run directories. A sound store keeps the runs whose directories are gone, since they are
/// recorded nowhere else. A damaged store is renamed, and a new one is made.
/// </summary>
public static class HistoryRebuild
{
    /// <exception cref="HistoryException">The store is locked, or cannot be written.</exception>
    public static Rebuilt Run(string results, ProbeList probes, TimeProvider clock)
    {
        var path = Path.Combine(results, HistoryStore.Name);
        var skipped = new List<string>();
        var aside = SetAsideIfDamaged(path, clock);
        var runs = new HashSet<string>(StringComparer.Ordinal);
        using var store = HistoryStore.Open(path);
        foreach (var directory in RunDirectories.In(results).Where(d => d.HasResults))
        {
            try
            {
                var document = probes.Read(directory.Path);
                if (document.Shard is not null)
                {
                    continue; // It is a part of the run that its share is joined to.
                }
                store.Append(document, directory.Name, probes);
                runs.Add(document.Run.Id);
            }
            catch (ResultsException e)
            {
                skipped.Add(e.Message);
            }
        }
        return new Rebuilt(runs.Count, store.Read().Runs.Count(r => !runs.Contains(r.Name)), skipped, aside);
    }

    private static string? SetAsideIfDamaged(string path, TimeProvider clock)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            using var store = HistoryStore.OpenExisting(path);
            store.RequireSound();
            store.Read();
            return null;
        }
        catch (HistoryException e) when (e.IsDamaged)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var aside = $"{path}.damaged-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
            // The write-ahead log is renamed too: SQLite would replay it into the new store.
            foreach (var part in new[] { "", "-wal", "-shm" }.Where(part => File.Exists(path + part)))
            {
                File.Move(path + part, aside + part, overwrite: true);
            }
            return aside;
        }
    }
}
