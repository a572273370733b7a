using Harness.Machines;

namespace Harness.Probes.Exec;

/// <summary>
/// Collects what programs need in a guest: themselves, their libraries, and the files of their users.
/// </summary>
/// <param name="cache">What ldconfig knows.</param>
internal sealed class ExecFiles(Machine machine, LibraryCache cache)
{
    /// <summary>
    /// Of all of them, in bytes. The guest holds its files twice while it unpacks them, and has memory of its own to
    /// run programs in (<c>VmSpec.DefaultMemoryMiB</c>).
    /// </summary>
    public const long MostBytes = 96 << 20;

    private readonly Dictionary<string, GuestFile> _files = new(StringComparer.Ordinal);
    private long _bytes;

    public IReadOnlyList<GuestFile> All => [.. _files.Values];

    /// <summary>Adds all that a program needs; or nothing, when something of it is not to be had.</summary>
    /// <returns>What comes along with it, and why it cannot be run, as the rest of a sentence.</returns>
    public (ExecNeeds? Needs, string? Problem) Add(ExecSubject subject)
    {
        try
        {
            var needs = new ExecNeeds(subject, machine, cache);
            return needs.Problem is { } problem ? (null, problem)
                : Take(needs, ExecTask.Of(subject)) is { } refused ? (null, refused)
                : (needs, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read: {e.Message}");
        }
    }

    private string? Take(ExecNeeds needs, GuestFile task)
    {
        var taken = new List<GuestFile> { task };
        var bytes = 0L;
        foreach (var needed in needs.Files)
        {
            if (new FileInfo(needed.Host).Length is var length && length > MostBytes - _bytes - bytes)
            {
                return $"does not fit: with {needed.Host} its files, and those of the programs before it, "
                    + $"have more than {MostBytes >> 20} MiB";
            }
            var content = File.ReadAllBytes(needed.Host);
            if (!_files.TryGetValue(needed.Guest, out var other))
            {
                bytes += content.LongLength;
                taken.Add(new GuestFile(needed.Guest, content, needs.Permissions(needed)));
            }
            else if (!other.Content.AsSpan().SequenceEqual(content))
            {
                return $"needs {needed.Host} as {needed.Guest}, where another program has another file";
            }
        }
        _bytes += bytes;
        foreach (var file in taken)
        {
            _files.Add(file.Path, file);
        }
        return null;
    }
}
