using System.Globalization;

namespace Harness.Vm;

/// <summary>The user ids that VMs run under when the harness is root. Nobody is given them in /etc/passwd.</summary>
internal static class QemuUsers
{
    /// <summary>
    /// systemd's list of uses (systemd.io/UIDS-GIDS) leaves all ids from here to 2^31 free. A process id is added to
    /// it, which is less than <see cref="Count"/>.
    /// </summary>
    public const uint First = 0x7000_0000;

    /// <summary>The kernel's largest process id is 2^22 (PID_MAX_LIMIT in include/linux/threads.h).</summary>
    private const uint Count = 1 << 22;

    /// <summary>Whether this process's user namespace has these ids; a container may have but a few.</summary>
    public static bool AreMapped() => AreMapped(ReadMap());

    /// <param name="map">In the form of <c>/proc/self/uid_map</c> (user_namespaces(7)).</param>
    internal static bool AreMapped(IEnumerable<string> map) => map
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length == 3)
        .Select(fields => (First: Number(fields[0]), Count: Number(fields[2])))
        .Any(range => range.First <= First && range.First + range.Count >= First + Count);

    private static IEnumerable<string> ReadMap() =>
        File.Exists("/proc/self/uid_map") ? File.ReadLines("/proc/self/uid_map") : [];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
