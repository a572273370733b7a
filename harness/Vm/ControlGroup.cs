using System.Globalization;

namespace Harness.Vm;

/// <summary>What a control group leaves its processes of memory (Documentation/admin-guide/cgroup-v2.rst).</summary>
/// <param name="root">Where cgroup2 is mounted.</param>
internal sealed class ControlGroup(string root = "/sys/fs/cgroup")
{
    /// <summary>
    /// How many bytes this process's group may still take, and those above it: the least of memory.max less
    /// memory.current. Page cache that the kernel reclaims before it kills a process (inactive_file) counts as free.
    /// </summary>
    /// <param name="membership">Lines in the form of <c>/proc/self/cgroup</c>.</param>
    /// <returns><c>null</c> where no group has a limit.</returns>
    public long? AvailableMemory(IEnumerable<string> membership)
    {
        const string Unified = "0::/";
        var group = membership.FirstOrDefault(l => l.StartsWith(Unified, StringComparison.Ordinal))?[Unified.Length..];
        long? least = null;
        for (; group is not null; group = group.Length == 0 ? null : Path.GetDirectoryName(group) ?? "")
        {
            if (AvailableIn(Path.Combine(root, group)) is { } available && available < (least ?? long.MaxValue))
            {
                least = available;
            }
        }
        return least;
    }

    private static long? AvailableIn(string directory)
    {
        try
        {
            if (!TryParse(File.ReadAllText(Path.Combine(directory, "memory.max")).Trim(), out var limit)
                || !TryParse(File.ReadAllText(Path.Combine(directory, "memory.current")).Trim(), out var used))
            {
                return null; // "max": no limit.
            }
            const string Cache = "inactive_file ";
            var cache = File.ReadLines(Path.Combine(directory, "memory.stat"))
                .FirstOrDefault(line => line.StartsWith(Cache, StringComparison.Ordinal));
            var reclaimable = TryParse(cache?[Cache.Length..], out var bytes) ? bytes : 0;
            return Math.Max(0, limit - used + reclaimable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // The root group has none of these files, and a container does not see those of others.
        }
    }

    private static bool TryParse(string? text, out long bytes) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
}
