using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Harness;

/// <summary>File operations that several rooms need.</summary>
internal static partial class Files
{
    // EWOULDBLOCK on Linux: flock(2) fails with it when another process has locked the file. .NET passes it on.
    private const int LockedByAnother = 11;

    /// <summary>In bytes: three times the lock of 40,000 kernels (docs/scale.md).</summary>
    private const long LongestText = 64 << 20;

    private const string TemporarySuffix = ".tmp";

    /// <summary>The absolute path without a slash at its end. Directories are compared and kept in this form.</summary>
    public static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>
    /// Absolute, with every symbolic link on the way resolved, as realpath(1) does it; a part that is not there stays
    /// as it is written, and so does a link that leads in a circle.
    /// </summary>
    public static string RealPath(string path)
    {
        const int MostLinks = 40; // as the kernel follows (MAXSYMLINKS)
        var real = "/";
        var parts = new Stack<string>(FullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; parts.TryPop(out var part);)
        {
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is { } target && links++ < MostLinks)
            {
                foreach (var more in Path.GetFullPath(target, real)
                    .Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    parts.Push(more);
                }
                real = "/";
                continue;
            }
            real = next;
        }
        return real;
    }

    /// <summary>Writes a file so that its readers see the old text or the new one, never a part.</summary>
    public static void Replace(string path, string text) =>
        Replace(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// The same, for what is written bit by bit. When that fails, perhaps because the disk is full, nothing
    /// half-written stays behind; what a process left that was killed here is removed.
    /// </summary>
    /// <param name="durable">Whether the text is on the disk before its name is.</param>
    public static void Replace(string path, Action<Stream> write, bool durable = false)
    {
        var temporary = TemporaryOf(path);
        try
        {
            using var file = OpenTemporary(temporary);
            write(file);
            file.Flush(durable);
            // The lock on the temporary file, which the stream holds, shows others that it is not abandoned.
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The same, for what comes bit by bit from elsewhere.</summary>
    public static async Task ReplaceAsync(string path, Func<Stream, Task> write)
    {
        var temporary = TemporaryOf(path);
        try
        {
            await using var file = OpenTemporary(temporary);
            await write(file).ConfigureAwait(false);
            await file.FlushAsync().ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The temporary file of a path; what killed processes left of others is removed.</summary>
    private static string TemporaryOf(string path)
    {
        RemoveAbandoned(path);
        return $"{path}.{Environment.ProcessId}{TemporarySuffix}";
    }

    private static FileStream OpenTemporary(string temporary) =>
        new(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024);

    /// <summary>
    /// Removes temporary files of a path whose writers were killed. Those that cannot be removed stay.
    /// </summary>
    private static void RemoveAbandoned(string path)
    {
        var name = Path.GetFileName(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } directory || !Directory.Exists(directory))
        {
            return;
        }
        foreach (var file in Directory.EnumerateFiles(directory).Where(f => IsTemporaryOf(Path.GetFileName(f), name)))
        {
            try
            {
                // Whoever writes it, on whichever machine, holds a lock that lets nobody else open it like this.
                using var unlocked = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process writes it, or has renamed it by now.
            }
        }
    }

    /// <summary>Whether <see cref="Replace(string, string)"/> writes another file through one of this name.</summary>
    public static bool IsTemporaryOf(string file, string name) =>
        file.StartsWith(name + ".", StringComparison.Ordinal)
        && file.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    /// <summary>
    /// Whether a path leads to something other than a regular file or a directory: a FIFO, a device, a socket. Reading
    /// one may never end, and opening one may never begin.
    /// </summary>
    public static bool IsSpecial(string path)
    {
        // statx(2): the one call whose record is the same on every architecture.
        const int CurrentDirectory = -100; // AT_FDCWD
        const uint TypeWanted = 1; // STATX_TYPE
        const int ModeOffset = 28;
        const int TypeMask = 0xf000; // S_IFMT
        Span<byte> record = stackalloc byte[256];
        return Statx(CurrentDirectory, path, 0, TypeWanted, record) == 0
            && (BinaryPrimitives.ReadUInt16LittleEndian(record[ModeOffset..]) & TypeMask)
                is not (0x8000 or 0x4000); // S_IFREG, S_IFDIR
    }

    /// <summary>
    /// Opens a file that others may have made. To open a FIFO that nobody writes would wait for good.
    /// </summary>
    /// <exception cref="IOException">It is missing, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read or written.</exception>
    public static FileStream OpenRegular(
        string path, FileMode mode = FileMode.Open, FileAccess access = FileAccess.Read,
        FileShare share = FileShare.Read) =>
        IsSpecial(path)
            ? throw new IOException($"{path} is no regular file")
            : new FileStream(path, mode, access, share);

    /// <summary>Reads a text file that the user names.</summary>
    /// <param name="limit">In bytes.</param>
    /// <exception cref="IOException">It is missing, no regular file, or longer.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadText(string path, long limit = LongestText)
    {
        using var file = OpenBounded(path, limit);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>Reads a file that others may have made, with the limit and the errors of <see cref="ReadText"/>.
    /// </summary>
    public static byte[] ReadBytes(string path, long limit = LongestText)
    {
        using var file = OpenBounded(path, limit);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    private static FileStream OpenBounded(string path, long limit)
    {
        var file = OpenRegular(path);
        if (file.Length <= limit)
        {
            return file;
        }
        using (file)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"{path} has {file.Length} bytes, and at most {limit} are read"));
        }
    }

    /// <summary>Removes a directory and all that is in it, if it is there.</summary>
    public static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>
    /// Takes an exclusive flock(2) on a file, which is made when it is not there. The file is never removed: a process
    /// that waits for the old file and one that makes a new file would both hold "the" lock.
    /// </summary>
    /// <returns>The lock, let go when it is disposed; <c>null</c> while another process holds it.</returns>
    /// <exception cref="IOException">The file cannot be made or written.</exception>
    public static FileStream? TryLock(string path)
    {
        try
        {
            // .NET takes flock(2) with LOCK_EX for FileShare.None only.
            return OpenRegular(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException e) when (IsLockedByAnother(e))
        {
            return null;
        }
    }

    /// <summary>Whether a file could not be opened because another process has locked it.</summary>
    public static bool IsLockedByAnother(IOException e) => e.HResult == LockedByAnother;

    /// <summary>Makes a symbolic link, or replaces one in a single step: no reader finds it missing.</summary>
    /// <param name="link">The link's path.</param>
    /// <param name="target">What the link holds, relative to the link's directory or absolute.</param>
    /// <returns>Whether the link is there now; a file or a directory of that name is left as it is.</returns>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static bool PointLink(string link, string target)
    {
        if (new FileInfo(link) is { LinkTarget: null } other && (other.Exists || Directory.Exists(link)))
        {
            return false;
        }
        var temporary = $"{link}.{Environment.ProcessId}.tmp";
        File.CreateSymbolicLink(temporary, target);
        // File.Move follows the link that it replaces; rename(2) does not.
        if (Rename(temporary, link) == 0)
        {
            return true;
        }
        File.Delete(temporary);
        return false;
    }

    /// <summary>statx(2).</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> record);

    /// <summary>rename(2).</summary>
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to);
}
