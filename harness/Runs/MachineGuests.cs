using Harness.Probes;

namespace Harness.Runs;

/// <summary>
/// The guests of a run for the kernels of one machine: one with all its programs, and further ones with some.
/// </summary>
public sealed class MachineGuests
{
    private readonly Func<IReadOnlyList<ProgramTask>, IReadOnlyList<GuestFile>, string> _store;
    private readonly Dictionary<string, string> _images = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <param name="tasks">In whatever order.</param>
    /// <param name="store">Makes the image of a guest with these programs and files, and says where it is.</param>
    public MachineGuests(
        IReadOnlyList<ProgramTask> tasks, Func<IReadOnlyList<ProgramTask>, IReadOnlyList<GuestFile>, string> store)
    {
        _store = store;
        Tasks = [.. tasks.OrderBy(t => t.Program.GuestName, StringComparer.Ordinal)];
    }

    /// <param name="problem">Why they cannot be made.</param>
    public MachineGuests(string problem)
        : this([], (_, _) => throw new InvalidOperationException(problem)) => Problem = problem;

    /// <summary>In the order of names, in which a guest's init runs them.</summary>
    public IReadOnlyList<ProgramTask> Tasks { get; }

    /// <summary>
    /// The path of the image of a guest that boots without programs, to wait for them; <c>null</c> where there is none.
    /// </summary>
    public string? Waiting { get; init; }

    /// <summary>Why there is no guest; <c>null</c> when there is.</summary>
    public string? Problem { get; }

    /// <summary>The path of the image of a guest with some of the programs; each is made once.</summary>
    /// <param name="further">Files that the guest of one kernel has beside those; its image is made each time.</param>
    /// <exception cref="IOException">The image cannot be stored.</exception>
    public string Image(IReadOnlyList<ProgramTask> tasks, IReadOnlyList<GuestFile>? further = null)
    {
        if (further is not null)
        {
            return _store(tasks, further);
        }
        var key = string.Join('/', tasks.Select(t => t.Program.GuestName));
        lock (_gate)
        {
            if (!_images.TryGetValue(key, out var image))
            {
                image = _store(tasks, []);
                _images.Add(key, image);
            }
            return image;
        }
    }
}
