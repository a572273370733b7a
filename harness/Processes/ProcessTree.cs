using System.Globalization;
using System.Runtime.InteropServices;

namespace Harness.Processes;

/// <summary>
/// A process and its descendants, from <c>/proc</c> (proc_pid_stat(5)), whatever process group or session they are in.
/// <see cref="System.Diagnostics.Process.Kill(bool)"/> misses a child that was started in the same clock tick (10 ms) as
/// its parent, which is what a launcher that starts its program at once does.
/// </summary>
internal static partial class ProcessTree
{
    /// <summary>How long a killed process may take to go: one in the middle of a write to a slow disk takes its time.</summary>
    public static readonly TimeSpan WaitAfterKill = TimeSpan.FromSeconds(5);

    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigStop = 19;

    /// <summary>Asks the process to end.</summary>
    public static void Terminate(int id) => _ = Signal(id, SigTerm);

    /// <summary>Kills the process and all below it.</summary>
    /// <returns>Those that were killed, for the caller to wait for.</returns>
    public static IReadOnlyList<int> Kill(int root)
    {
        // A stopped process starts no further ones: once a look finds nobody new, nobody is missed.
        var stopped = new HashSet<int>();
        while (Of(root).Where(stopped.Add).ToList() is { Count: > 0 } found)
        {
            found.ForEach(id => _ = Signal(id, SigStop));
        }
        foreach (var id in stopped)
        {
            _ = Signal(id, SigKill);
        }
        return [.. stopped];
    }

    /// <summary>Kills the process and all below it, and waits until none of them runs any more.</summary>
    /// <returns>Whether that was so within <see cref="WaitAfterKill"/>.</returns>
    public static async Task<bool> EndAsync(int root)
    {
        var family = Kill(root);
        using var bounded = new CancellationTokenSource(WaitAfterKill);
        while (family.Any(Runs))
        {
            await Task.Delay(5, bounded.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (bounded.IsCancellationRequested)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The process and all below it that run now.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0).Select(id => (Id: id, Stat: Read(id))).Where(p => p.Stat is not null)
            .ToLookup(p => p.Stat!.Value.Parent, p => p.Id);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i]]);
        }
        return tree;
    }

    /// <summary>A zombie does not run any more: it only waits for its parent to ask how it ended.</summary>
    public static bool Runs(int id) => Read(id) is { State: not ('Z' or 'X') };

    private static (char State, int Parent)? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The command's name, in parentheses, may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Gone.
        }
    }

    /// <summary>kill(2).</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int id, int signal);
}
