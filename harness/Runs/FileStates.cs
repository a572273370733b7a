namespace Harness.Runs;

/// <summary>Files as they are at a moment, without reading them: which are there, how long, and of when.</summary>
internal sealed class FileStates
{
    private readonly SortedDictionary<string, (long Length, DateTime Written)> _files = new(StringComparer.Ordinal);

    /// <param name="paths">Absolute; of those that are no files (any more) there is no state.</param>
    public FileStates(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var file = new FileInfo(path);
            if (file.Exists)
            {
                _files[path] = (file.Length, file.LastWriteTimeUtc);
            }
        }
    }

    public IReadOnlyCollection<string> Paths => _files.Keys;

    public bool Equals(FileStates other) => _files.SequenceEqual(other._files);

    /// <summary>The SHA256 of each file, by its path; one that cannot be read has none.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ContentsAsync(CancellationToken cancellation)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in _files.Keys)
        {
            try
            {
                contents[path] = await Hashes.Sha256OfFileAsync(path, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It goes just now, or is not ours to read: the run that asks about it says so.
            }
        }
        return contents;
    }
}
