namespace Harness.Cache;

/// <summary>Something in the user's cache that can be made or fetched again.</summary>
/// <param name="Path">A file or a directory, absolute.</param>
/// <param name="Size">Bytes.</param>
public sealed record CacheItem(string Path, long Size);
