using System.Security.Cryptography;
using System.Text.Json;
using Harness.Cache;

namespace Harness.Vm;

/// <summary>
/// The snapshots in the user's cache: a directory each, whose name is made from what the snapshot depends on. One is
/// written under another name and renamed when it is whole. Any number of processes may share them: one whose files go
/// while it is restored is booted instead.
/// </summary>
/// <param name="cacheRoot">The user's cache.</param>
/// <param name="budget">Bytes that all snapshots may take.</param>
/// <param name="clock">Says how old they are.</param>
internal sealed class SnapshotStore(string cacheRoot, long budget, TimeProvider clock)
{
    private const string Console = "console";

    /// <summary>More than a kernel has ways to die of a case; what guests say does not fill the disk.</summary>
    private const int MostEnds = 16;

    /// <summary>They hold the memory of kernels, and whoever writes them decides what these kernels answer.</summary>
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// How long it is remembered that a guest is not to be saved: the reason may have been this machine's, and have
    /// passed.
    /// </summary>
    private static readonly TimeSpan _longestUnfit = TimeSpan.FromDays(7);

    private readonly string _root = CacheKind.Snapshots.In(cacheRoot);
    private readonly SnapshotRoom _room = new(CacheKind.Snapshots.In(cacheRoot), budget, clock);

    /// <summary>What is known of a key; <c>null</c> where nothing is. It counts as used now.</summary>
    public Snapshot? Find(IReadOnlyList<string> key)
    {
        var directory = DirectoryOf(key);
        var marker = SnapshotRoom.MarkerOf(directory);
        if (CacheFile.Read(marker, SnapshotJson.Default.Snapshot) is not
            { Key: not null, Chunks: not null } snapshot
            || !snapshot.Key.SequenceEqual(key)
            || (snapshot.Unfit is not null && clock.GetUtcNow() - snapshot.At > _longestUnfit))
        {
            return null;
        }
        Use(marker);
        return snapshot with { Directory = directory };
    }

    /// <summary>What the kernel had said when it was saved.</summary>
    /// <exception cref="IOException">It cannot be read, or is not as it was written.</exception>
    public static byte[] ConsoleOf(Snapshot snapshot)
    {
        var said = Files.ReadBytes(Path.Combine(snapshot.Directory, Console), OutputLimits.Default.Console);
        return Hashes.Sha256Of(said) == snapshot.ConsoleSha256
            ? said
            : throw new IOException("the snapshot is damaged: its console has another checksum");
    }

    /// <summary>A directory for a snapshot that is about to be made.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public string Begin()
    {
        Directory.CreateDirectory(_root, Private);
        // Processes that share a cache may have the same id, each in a container of its own.
        var name = SnapshotRoom.Unfinished + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return Directory.CreateDirectory(Path.Combine(_root, name), Private).FullName;
    }

    /// <summary>Gives a snapshot that was begun its name, and makes room for it.</summary>
    /// <param name="console">What the kernel had said when it was saved.</param>
    /// <exception cref="IOException">The cache cannot be written, or there is no room.</exception>
    public void Complete(string begun, IReadOnlyList<string> key, SavedGuest saved, byte[] console)
    {
        File.WriteAllBytes(Path.Combine(begun, Console), console);
        Complete(begun, new Snapshot(key, saved.Chunks, saved.Checksum) { ConsoleSha256 = Hashes.Sha256Of(console) });
    }

    /// <summary>Remembers that a guest with this key is not to be saved. What was saved of it goes.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public void Remember(IReadOnlyList<string> key, string unfit)
    {
        Remove(DirectoryOf(key));
        Complete(Begin(), new Snapshot(key, [], 0) { Unfit = unfit });
    }

    /// <summary>Remembers that a guest with this key was booted.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public void RememberBoot(IReadOnlyList<string> key) => Complete(Begin(), new Snapshot(key, [], 0));

    /// <summary>Remembers how a guest with this key ended, where one is saved (<see cref="Snapshot.Ends"/>).</summary>
    public void RememberEnd(IReadOnlyList<string> key, string end)
    {
        if (Find(key) is { IsSaved: true } snapshot && snapshot.Ends.Count < MostEnds && !snapshot.Ends.Contains(end))
        {
            CacheFile.Write(
                SnapshotRoom.MarkerOf(snapshot.Directory), snapshot with { Ends = [.. snapshot.Ends, end] },
                SnapshotJson.Default.Snapshot);
        }
    }

    /// <summary>Removes what is known of a key.</summary>
    public void Remove(IReadOnlyList<string> key) => Remove(DirectoryOf(key));

    /// <summary>Removes what is known of guests with an image.</summary>
    public void RemoveOf(string imageSha256)
    {
        foreach (var directory in Directory.Exists(_root) ? Directory.GetDirectories(_root) : [])
        {
            if (CacheFile.Read(SnapshotRoom.MarkerOf(directory), SnapshotJson.Default.Snapshot) is { Key: { } key }
                && SnapshotKey.IsOf(key, imageSha256))
            {
                Remove(directory);
            }
        }
    }

    /// <summary>Removes a snapshot, or one that was begun, as far as it is there.</summary>
    public static void Remove(string directory) => SnapshotRoom.Remove(directory);

    private string DirectoryOf(IReadOnlyList<string> key) => Path.Combine(_root, SnapshotKey.NameOf(key));

    private void Complete(string begun, Snapshot snapshot)
    {
        try
        {
            _room.Make(begun);
            File.WriteAllBytes(
                SnapshotRoom.MarkerOf(begun),
                JsonSerializer.SerializeToUtf8Bytes(
                    snapshot with { At = clock.GetUtcNow() }, SnapshotJson.Default.Snapshot));
            if (Find(snapshot.Key) is { IsSaved: true })
            {
                return; // Another VM of the same kernel was faster.
            }
            var directory = DirectoryOf(snapshot.Key);
            Remove(directory); // One without its marker, or that says less.
            Directory.Move(begun, directory);
        }
        finally
        {
            Remove(begun);
        }
    }

    private void Use(string marker)
    {
        try
        {
            File.SetLastWriteTimeUtc(marker, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It only goes earlier.
        }
    }
}
