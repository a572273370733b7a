using Harness.Cache;
using Harness.Probes;

namespace Harness.Guest;

/// <summary>
/// The initramfs of a guest: a static init, and the probes that it runs. Any kernel with a console and initrd support
/// boots it, without a root file system, modules or udev.
/// </summary>
public static class GuestImage
{
    /// <summary>The directory whose programs init runs, as bpf/init/main.c names it.</summary>
    private const string Probes = "probes";

    /// <summary>What every guest has.</summary>
    private static readonly string[] _directories = ["dev", "proc", "sys", Probes];

    /// <summary>The archive; the same programs give the same bytes, whatever order they are given in.</summary>
    /// <param name="init">The executable that becomes PID 1.</param>
    /// <param name="files">What the programs need beside them.</param>
    /// <exception cref="ArgumentException">
    /// Two programs or files share a name, or a name cannot be that of a file.
    /// </exception>
    public static byte[] Build(
        byte[] init, IReadOnlyList<GuestProgram> programs, IReadOnlyList<GuestFile>? files = null)
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
        AddFiles(archive, files ?? []);
        return archive.ToArray();
    }

    /// <summary>The kernel makes no directory that is not in the archive before what it holds.</summary>
    private static void AddFiles(CpioArchive archive, IReadOnlyList<GuestFile> files)
    {
        var made = new HashSet<string>(_directories, StringComparer.Ordinal);
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            var parts = file.Path.Split('/');
            if (parts is not ["", _, ..] || parts.Skip(1).Any(p => p is "" or "." or "..") || !made.Add(file.Path[1..]))
            {
                throw new ArgumentException($"'{file.Path}' is no path of a file in a guest, or stands twice");
            }
            for (var depth = 2; depth < parts.Length; depth++)
            {
                var directory = string.Join('/', parts[1..depth]);
                if (made.Add(directory))
                {
                    archive.AddDirectory(directory);
                }
            }
            archive.AddFile(file.Path[1..], file.Content, file.Permissions);
        }
    }

    /// <summary>
    /// Writes the image into a directory, under its content's hash; one that is whole there is used as it is.
    /// </summary>
    /// <returns>The image's path.</returns>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static string Store(
        string directory, byte[] init, IReadOnlyList<GuestProgram> programs, IReadOnlyList<GuestFile>? files = null)
    {
        var bytes = Build(init, programs, files);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, Hashes.Sha256Of(bytes) + ".cpio");
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
