using System.Globalization;

namespace Harness.Vm;

/// <summary>What of this machine is in a guest that was booted on it. Nothing of it identifies the machine.</summary>
internal static class SnapshotHost
{
    /// <summary>Of BogoMIPS: a kernel measures it at each boot, and finds a few thousandths more or less.</summary>
    private const double Precision = 10;

    /// <summary>
    /// The CPU and the rate of its time stamp counter, which an emulated guest has, too, and measures while it boots:
    /// its clock would be wrong on another (cpu_get_host_ticks() of QEMU; BogoMIPS is twice that rate in MHz,
    /// calibrate_delay_is_known()). And the limit of open files, which virtme-run puts on the kernel's command line.
    /// </summary>
    /// <param name="root">The root directory.</param>
    public static string Of(string root = "/")
    {
        var cpu = Lines(Path.Combine(root, "proc/cpuinfo"));
        var rate = double.TryParse(
            Value(cpu, "bogomips"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var measured)
            ? Math.Round(measured / Precision).ToString(CultureInfo.InvariantCulture)
            : "";
        var files = Lines(Path.Combine(root, "proc/sys/fs/nr_open")).FirstOrDefault("");
        return $"{Value(cpu, "model name")}, rate {rate}, {files} files";
    }

    /// <summary>
    /// What QEMU loads beside its program: modules, and the firmware of its machines. An installation writes them anew,
    /// so that their sizes and times tell of it.
    /// </summary>
    /// <param name="qemu">The program.</param>
    public static string LoadedBy(string qemu)
    {
        var prefix = Path.GetDirectoryName(Path.GetDirectoryName(Files.RealPath(qemu))) ?? "/";
        string[] places = ["share/qemu", "share/seabios", "lib/qemu"];
        var libraries = Path.Combine(prefix, "lib");
        var directories = places.Select(place => Path.Combine(prefix, place))
            .Concat(Directory.Exists(libraries)
                ? Directory.EnumerateDirectories(libraries).Select(directory => Path.Combine(directory, "qemu"))
                : []);
        return Hashes.Sha256OfText(string.Join('\n', directories.Where(Directory.Exists)
            .SelectMany(directory => new DirectoryInfo(directory).EnumerateFiles())
            .Select(file => string.Create(CultureInfo.InvariantCulture,
                $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"))
            .Order(StringComparer.Ordinal)));
    }

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static string Value(string[] lines, string key) =>
        lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.OrdinalIgnoreCase))
            ?.Split(':', 2) is [_, var value] ? value.Trim() : "";
}
