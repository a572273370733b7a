using System.Security.Cryptography;
using Harness.Cache;

namespace Harness.Guest;

/// <summary>
/// The initramfs of a guest: a static init, and the probes that it runs. Any kernel with a console and initrd support
/// boots it, without a root file system, modules or udev.
/// </summary>
public static class GuestImage
{
    /// <summary>The directory whose programs init runs, as bpf/init/main.c names it.</summary>
    private const string Probes = "probes";

    /// <summary>The archive; the same programs give the same bytes, whatever order they are given in.</summary>
    /// <param name="init">The executable that becomes PID 1.</param>
    /// <exception cref="ArgumentException">Two programs share a name, or a name cannot be that of a file.</exception>
    public static byte[] Build(byte[] init, IReadOnlyList<GuestProgram> programs)
    {
        var archive = new CpioArchive()
            .AddDirectory("dev")
            .AddCharacterDevice("dev/console", 5, 1) // Init has a console before it mounts devtmpfs.
            .AddDirectory("proc")
            .AddDirectory("sys")
            .AddFile("init", init, GuestProgram.Executable)
            .AddDirectory(Probes);
        RequireNames(programs);
        foreach (var program in programs.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            archive.AddFile($"{Probes}/{program.Name}", program.Content, program.Permissions);
        }
        return archive.ToArray();
    }

    /// <summary>
    /// Writes the image into a directory, under its content's hash; one that is whole there is used as it is.
    /// </summary>
    /// <returns>The image's path.</returns>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static string Store(string directory, byte[] init, IReadOnlyList<GuestProgram> programs)
    {
        var bytes = Build(init, programs);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(bytes)) + ".cpio");
        // A damaged one would make every kernel look as if it did not boot.
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            Files.Replace(path, file => file.Write(bytes));
        }
        CachePruning.Used(path);
        return path;
    }

    private static void RequireNames(IReadOnlyList<GuestProgram> programs)
    {
        var wrong = programs.Select(p => p.Name).FirstOrDefault(name => !IsFileName(name))
            ?? programs.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (wrong is not null)
        {
            throw new ArgumentException($"'{wrong}' is no file name, or stands twice", nameof(programs));
        }
    }

    /// <summary>Init leaves out files whose names begin with a dot.</summary>
    private static bool IsFileName(string name) =>
        name.Length > 0 && name[0] != '.' && !name.Contains('/', StringComparison.Ordinal);
}
