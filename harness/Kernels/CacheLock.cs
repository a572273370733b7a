namespace Harness.Kernels;

/// <summary>Locks of the user's cache, which any number of harness processes may share.</summary>
public static class CacheLock
{
    // The error of flock(2) on a file that another has locked, EWOULDBLOCK on Linux, as .NET passes it on.
    private const int LockedByAnother = 11;

    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody else holds the lock; disposing the file lets it go.</summary>
    /// <param name="root">The cache's directory.</param>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public static async Task<FileStream> TakeAsync(string root, string key, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryTake(root, key) is { } taken)
            {
                return taken;
            }
            await Task.Delay(_poll, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The lock, or <c>null</c> while somebody else holds it.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public static FileStream? TryTake(string root, string key)
    {
        var locks = Directory.CreateDirectory(Path.Combine(root, "locks")).FullName;
        try
        {
            // .NET takes flock(2) for FileShare.None. The file stays: removing it would let two processes in.
            return new FileStream(Path.Combine(locks, key), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException e) when (e.HResult == LockedByAnother)
        {
            return null;
        }
    }
}
