namespace Harness.Kernels;

/// <summary>The user's cache: verified images by the hash of what they came from, and the archive's indexes.</summary>
/// <param name="root">Its directory, made when first needed.</param>
public sealed class ImageCache(string root)
{
    public string Root { get; } = root;

    /// <summary>The XDG base directory specification's place: <c>${XDG_CACHE_HOME:-~/.cache}/kernel-harness</c>.</summary>
    public static string DefaultRoot()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        // The specification: a relative path is invalid and to be ignored.
        return Path.Combine(
            Path.IsPathRooted(cache) ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "kernel-harness");
    }
}
