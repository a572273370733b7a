using Harness.Machines;

namespace Harness.Probes.Exec;

/// <summary>
/// Collects what programs need in a guest: themselves, their libraries, and the files of their users.
/// </summary>
/// <param name="machine">Whose guests get them.</param>
/// <param name="cache">What ldconfig knows.</param>
/// <param name="machines">Those whose kernels can be booted; <see cref="MachineList.All"/> by default.</param>
internal sealed class ExecFiles(Machine machine, LibraryCache cache, IReadOnlyList<Machine>? machines = null)
{
    /// <summary>
    /// Of all of them, in bytes. The guest holds its files twice while it unpacks them, and has memory of its own to
    /// run programs in (<c>VmSpec.DefaultMemoryMiB</c>).
    /// </summary>
    public const long MostBytes = 96 << 20;

    private readonly Dictionary<string, GuestFile> _files = new(StringComparer.Ordinal);
    private long _bytes;
    private bool _hasScript;

    public IReadOnlyList<GuestFile> All => [.. _files.Values];

    /// <summary>
    /// What the programs need of the kernel beyond what every program gets: what they have or are given names it, or
    /// one is a script, which may find it by a pattern.
    /// </summary>
    public IReadOnlyList<KernelArea> Needs => _hasScript
        ? ExecKernel.Named : [.. _files.Values.SelectMany(file => ExecKernel.Needs(file.Content)).Distinct()];

    /// <summary>Adds all that a program needs; or nothing, when something of it is not to be had.</summary>
    /// <returns>
    /// What comes along with it; or why it cannot be run, as the rest of a sentence, and whether another machine can.
    /// </returns>
    public (ExecNeeds? Needs, string? Problem, bool IsForOther) Add(ExecSubject subject)
    {
        try
        {
            var needs = new ExecNeeds(subject, machine, cache, machines ?? MachineList.All);
            return needs.Problem is { } problem ? (null, problem, needs.OtherMachine is not null)
                : Take(needs, ExecTask.Of(subject)) is { } refused ? (null, refused, false)
                : (needs, null, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read: {e.Message}", false);
        }
    }

    /// <summary>Lets the guest say why it does not run a program that other machines run.</summary>
    /// <param name="reason">In words.</param>
    public void AddSkipped(ExecSubject subject, string reason)
    {
        var task = ExecTask.Skipped(subject, reason);
        _files.Add(task.Path, task);
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
        _hasScript |= needs.IsScript;
        foreach (var file in taken)
        {
            _files.Add(file.Path, file);
        }
        return null;
    }
}
