using System.Globalization;

namespace Harness.Processes;

/// <summary>The descendants of a process, from <c>/proc</c> (proc_pid_stat(5)).</summary>
internal static class ProcessTree
{
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
}
