using Harness.Kernels.Archives;

namespace Harness.Kernels.FileImages;

/// <summary>The text of a locked file with a kernel.</summary>
public sealed class LockedFileText
{
    /// <summary>Its path, relative to the lock; left out for one that is elsewhere.</summary>
    public string? Path { get; set; }

    /// <summary>Its address; left out for one on this machine.</summary>
    public string? Uri { get; set; }

    /// <summary>Of the file, lower-case hex.</summary>
    public string? Sha256 { get; set; }

    internal static LockedFileText Of(LockedFile locked, string directory) => new()
    {
        Path = locked.Place.IsFile ? System.IO.Path.GetRelativePath(directory, locked.Place.LocalPath) : null,
        Uri = locked.Place.IsFile ? null : locked.Place.AbsoluteUri,
        Sha256 = locked.Sha256,
    };

    /// <returns>Where the file is; <c>null</c> where the text makes no sense.</returns>
    internal Uri? Place(string directory) => (Path, Uri) switch
    {
        ({ } path, null) => new Uri(System.IO.Path.GetFullPath(path, directory)),
        (null, { } uri) when ArchiveAddress.IsValid(uri) => new Uri(uri),
        _ => null,
    };
}
