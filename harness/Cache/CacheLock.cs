namespace Harness.Cache;

/// <summary>Locks of the user's cache, which any number of harness processes may share.</summary>
public static class CacheLock
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no other process holds the lock. Disposing the file releases it.</summary>
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

    /// <summary>The lock; <c>null</c> while another process holds it.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public static FileStream? TryTake(string root, string key)
    {
        var locks = Directory.CreateDirectory(Path.Combine(root, "locks")).FullName;
        return Files.TryLock(Path.Combine(locks, key));
    }
}
