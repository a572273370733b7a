using System.Globalization;
using System.Runtime.InteropServices;

namespace Harness.Processes;

/// <summary>
/// A process and its descendants, from <c>/proc</c> (proc_pid_stat(5)), whatever process group or session they are in.
/// CliWrap kills through <see cref="System.Diagnostics.Process.Kill(bool)"/>, which misses a child that was started in
/// the same clock tick (10 ms) as its parent. A launcher that starts its program at once has such a child.
/// </summary>
internal static partial class ProcessTree
{
    /// <summary>The time that a killed process may take to end: one in the middle of a slow write takes long.</summary>
    public static readonly TimeSpan WaitAfterKill = TimeSpan.FromSeconds(5);

    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>Asks the process to end.</summary>
    public static void Terminate(int id) => _ = Signal(id, SigTerm);

    /// <summary>Asks all processes below this one to end, and not this one, which waits for them.</summary>
    public static void TerminateBelow(int root)
    {
        foreach (var id in Of(root).Skip(1))
        {
            Terminate(id);
        }
    }

    /// <summary>Kills the process and all below it.</summary>
    /// <returns>The ids of those that were killed, for the caller to wait for.</returns>
    public static IReadOnlyList<int> Kill(int root)
    {
        // A stopped process starts no children. When a look at the table finds no new process, the list is complete.
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

    /// <summary>Kills all processes below this one, and leaves this one alone.</summary>
    public static void KillChildren()
    {
        foreach (var child in Children(Environment.ProcessId))
        {
            Kill(child);
        }
    }

    /// <summary>Kills the process and all below it, and waits until none of them runs any more.</summary>
    /// <returns>Whether all ended within <see cref="WaitAfterKill"/>.</returns>
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
        var children = ByParent();
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i]]);
        }
        return tree;
    }

    /// <summary>Whether the process runs; a zombie only waits for its parent to read its exit code.</summary>
    public static bool Runs(int id) => Read(id) is { State: not ('Z' or 'X') };

    /// <summary>Whether somebody has stopped the process (SIGSTOP).</summary>
    public static bool IsStopped(int id) => Read(id) is { State: 'T' };

    /// <summary>Lets a stopped process go on.</summary>
    public static void Continue(int id) => _ = Signal(id, SigCont);

    private static IReadOnlyList<int> Children(int parent) => [.. ByParent()[parent]];

    /// <summary>The ids of all processes, by the id of their parent.</summary>
    private static ILookup<int, int> ByParent() => Directory.EnumerateDirectories("/proc")
        .Select(path => IdOf(Path.GetFileName(path))).OfType<int>()
        .Select(id => (Id: id, Stat: Read(id))).Where(p => p.Stat is not null)
        .ToLookup(p => p.Stat!.Value.Parent, p => p.Id);

    private static int? IdOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static (char State, int Parent)? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The program's name stands in parentheses and may hold blanks and parentheses itself.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // The process has ended.
        }
    }

    /// <summary>Stops this process until another sends SIGCONT, as a shell's <c>fg</c> and <c>bg</c> do.</summary>
    public static void Suspend() => _ = Signal(Environment.ProcessId, SigStop);

    /// <summary>kill(2).</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int id, int signal);
}
