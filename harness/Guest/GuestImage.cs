using System.Security.Cryptography;
using Harness.Cache;

namespace Harness.Guest;

/// <summary>
/// The initramfs that holds the static prober as <c>/init</c>: any kernel with a serial console and initrd support
/// boots it, without a root file system, modules or udev.
/// </summary>
public static class GuestImage
{
    public static byte[] Build(byte[] prober) => new CpioArchive()
        .AddDirectory("dev")
        .AddCharacterDevice("dev/console", 5, 1) // So that the prober has a console before it mounts devtmpfs.
        .AddDirectory("proc")
        .AddDirectory("sys")
        .AddFile("init", prober, 0b111_101_101)
        .ToArray();

    /// <summary>Writes the image into a directory, under its content's name; one that is there is used as it is.</summary>
    public static string Store(string directory, byte[] prober)
    {
        var bytes = Build(prober);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(bytes)) + ".cpio");
        if (!File.Exists(path) || new FileInfo(path).Length != bytes.Length)
        {
            var temporary = $"{path}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        CachePruning.Used(path);
        return path;
    }
}
