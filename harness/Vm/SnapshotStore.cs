using System.Globalization;
using System.Text.Json;
using Harness.Cache;

namespace Harness.Vm;

/// <summary>
/// The snapshots in the user's cache: a directory each, whose name is made from what the snapshot depends on. One is
/// written under another name and renamed when it is whole. Where the room for all of them is used up, those go that
/// were not used for longest. Any number of processes may share them: one whose files go while it is restored is booted
/// instead.
/// </summary>
/// <param name="cacheRoot">The user's cache.</param>
/// <param name="budget">Bytes that all snapshots may take.</param>
internal sealed class SnapshotStore(string cacheRoot, long budget)
{
    /// <summary>What begins the name of a directory that is being written.</summary>
    private const string Unfinished = ".new-";

    private const string Console = "console";

    /// <summary>They hold the memory of kernels, and whoever writes them decides what these kernels answer.</summary>
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root = CacheKind.Snapshots.In(cacheRoot);
    private int _begun;

    /// <summary>The snapshot of a key; <c>null</c> where there is none. It counts as used now.</summary>
    public Snapshot? Find(IReadOnlyList<string> key)
    {
        var directory = Path.Combine(_root, SnapshotKey.NameOf(key));
        var marker = Path.Combine(directory, CacheKind.Snapshots.Marker!);
        if (CacheFile.Read(marker, SnapshotJson.Default.Snapshot) is not
            { Key: not null, Chunks: not null } snapshot
            || !snapshot.Key.SequenceEqual(key))
        {
            return null;
        }
        Use(marker);
        return snapshot with { Directory = directory };
    }

    /// <summary>What the kernel had said when it was saved.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] ConsoleOf(Snapshot snapshot) =>
        Files.ReadBytes(Path.Combine(snapshot.Directory, Console), OutputLimits.Default.Console);

    /// <summary>A directory for a snapshot that is about to be made.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public string Begin()
    {
        Directory.CreateDirectory(_root, Private);
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{Unfinished}{Environment.ProcessId}-{Interlocked.Increment(ref _begun)}");
        var directory = Path.Combine(_root, name);
        Files.Remove(directory); // Of an earlier process with this number.
        return Directory.CreateDirectory(directory, Private).FullName;
    }

    /// <summary>Keeps what the kernel has said until now, for the consoles of those that are restored.</summary>
    /// <param name="console">The file.</param>
    /// <exception cref="IOException">The cache cannot be written, or there is no room.</exception>
    public static void TakeConsole(string begun, string console) => File.Copy(console, Path.Combine(begun, Console));

    /// <summary>Gives a snapshot that was begun its name, and makes room for it.</summary>
    /// <exception cref="IOException">The cache cannot be written, or there is no room.</exception>
    public void Complete(string begun, IReadOnlyList<string> key, SavedGuest saved) =>
        Complete(begun, new Snapshot(key, saved.Chunks, saved.Checksum));

    /// <summary>Remembers that a guest with this key cannot be saved.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public void Remember(IReadOnlyList<string> key, string unfit) =>
        Complete(Begin(), new Snapshot(key, [], 0) { Unfit = unfit });

    /// <summary>Removes a snapshot, or one that was begun, as far as it is there.</summary>
    public static void Remove(string directory)
    {
        try
        {
            // Without it, nobody takes what is left for a snapshot.
            File.Delete(Path.Combine(directory, CacheKind.Snapshots.Marker!));
            Files.Remove(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process removes it, too, or the cache is only to be read. `prune --cache` takes what stays.
        }
    }

    private void Complete(string begun, Snapshot snapshot)
    {
        var size = SizeOf(begun);
        if (size > budget)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"a snapshot of {size} bytes is more than the {budget} bytes that all may take"));
        }
        MakeRoom(size);
        var directory = Path.Combine(_root, SnapshotKey.NameOf(snapshot.Key));
        File.WriteAllBytes(
            Path.Combine(begun, CacheKind.Snapshots.Marker!),
            JsonSerializer.SerializeToUtf8Bytes(snapshot, SnapshotJson.Default.Snapshot));
        if (Find(snapshot.Key) is not null)
        {
            Remove(begun); // Another VM of the same kernel was faster.
            return;
        }
        Remove(directory); // One without its marker.
        Directory.Move(begun, directory);
    }

    /// <summary>Removes what was not used for longest, until there is room.</summary>
    private void MakeRoom(long size)
    {
        if (new DirectoryInfo(_root) is not { Exists: true } root)
        {
            return;
        }
        var all = root.EnumerateDirectories()
            .Where(directory => !directory.Name.StartsWith(Unfinished, StringComparison.Ordinal))
            .Select(directory => directory.FullName)
            .Select(path => (Path: path, Used: UsedAt(path), Size: SizeOf(path)))
            .OrderBy(snapshot => snapshot.Used).ToList();
        var left = all.Sum(snapshot => snapshot.Size) + size;
        foreach (var snapshot in all.TakeWhile(_ => left > budget))
        {
            Remove(snapshot.Path);
            left -= snapshot.Size;
        }
    }

    private static DateTime UsedAt(string directory) =>
        File.GetLastWriteTimeUtc(Path.Combine(directory, CacheKind.Snapshots.Marker!));

    private static long SizeOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length);

    private static void Use(string marker)
    {
        try
        {
            File.SetLastWriteTimeUtc(marker, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It only goes earlier.
        }
    }
}
