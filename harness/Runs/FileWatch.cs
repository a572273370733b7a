namespace Harness.Runs;

/// <summary>
/// Waits until files have other contents than before. It looks at them twice a second, since what the kernel tells of
/// changes (inotify(7)) it does not tell for files of other machines, or of a container's host.
/// </summary>
/// <param name="find">
/// The paths that are watched, absolute. It is asked each time, so that files may come and go.
/// </param>
public sealed class FileWatch(Func<IEnumerable<string>> find, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(0.5);

    private FileStates _states = new([]);
    private IReadOnlyDictionary<string, string> _contents = new Dictionary<string, string>();

    /// <summary>How many files there are.</summary>
    public int Count => _states.Paths.Count;

    /// <summary>Takes the files as they are now: what changes from here on is a change.</summary>
    public async Task TakeAsync(CancellationToken cancellation)
    {
        _states = new FileStates(find());
        _contents = await _states.ContentsAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until a file has another content, or is new or gone, and all have been at rest for half a second: a
    /// compiler writes its output in several steps, and a build several files.
    /// </summary>
    /// <returns>What changed, in words, a file each; those files are taken.</returns>
    public async Task<IReadOnlyList<string>> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var before = new FileStates(find());
            await Task.Delay(_pause, clock, cancellation).ConfigureAwait(false);
            var states = new FileStates(find());
            if (!states.Equals(before) || states.Equals(_states) || states.Paths.Count == 0)
            {
                continue;
            }
            var contents = await states.ContentsAsync(cancellation).ConfigureAwait(false);
            var changes = Changes(_contents, contents);
            (_states, _contents) = (states, contents);
            if (changes.Count > 0)
            {
                return changes;
            }
        }
    }

    private static List<string> Changes(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
    [
        .. after.Where(file => before.TryGetValue(file.Key, out var hash) && hash != file.Value)
            .Select(file => $"{file.Key} changed"),
        .. after.Keys.Except(before.Keys, StringComparer.Ordinal).Select(path => $"{path} is new"),
        .. before.Keys.Except(after.Keys, StringComparer.Ordinal).Select(path => $"{path} is gone"),
    ];
}
