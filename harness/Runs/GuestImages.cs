using System.Text;
using Harness.Cache;
using Harness.Guest;
using Harness.Machines;
using Harness.Probes;
using Harness.Processes;

namespace Harness.Runs;

/// <summary>
/// The guests of a run for each machine whose kernels it boots. A machine's guest with all programs is made when its
/// first kernel is ready; a machine that it cannot be made for costs the rows of its own kernels only.
/// </summary>
public sealed class GuestImages(RunPlan plan, RunEnvironment environment)
{
    private readonly Dictionary<string, Task<MachineGuests>> _guests = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <param name="cancellation">Of the run.</param>
    public Task<MachineGuests> OfAsync(Machine machine, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_guests.TryGetValue(machine.Name, out var guests))
            {
                guests = MakeAsync(machine, cancellation);
                _guests.Add(machine.Name, guests);
            }
            return guests;
        }
    }

    private async Task<MachineGuests> MakeAsync(Machine machine, CancellationToken cancellation)
    {
        try
        {
            RequireBuilt(machine, environment.Init(machine));
            var init = await File.ReadAllBytesAsync(environment.Init(machine), cancellation).ConfigureAwait(false);
            var tasks = await TasksAsync(machine, cancellation).ConfigureAwait(false);
            var guests = new MachineGuests(tasks, (chosen, further) => Store(init, chosen, further))
            {
                Waiting = plan.Snapshots.Bytes > 0 && machine.WaitRegister is not null ? Store(init, [], []) : null,
            };
            guests.Image(guests.Tasks);
            return guests;
        }
        catch (Exception e) when (e is HarnessException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            return new MachineGuests($"there is no guest for {machine.Name}: {e.Message}");
        }
    }

    /// <summary>What the machines beside the first need is not installed unless it is asked for.</summary>
    /// <exception cref="ProgramException">Something is missing.</exception>
    private static void RequireBuilt(Machine machine, string init)
    {
        var missing = !File.Exists(init) ? $"{init} is not built"
            : CommandExecution.Find(machine.QemuProgram) is null ? $"{machine.QemuProgram} is not installed"
            : null;
        if (missing is not null && machine != MachineList.Default)
        {
            throw new ProgramException(
                $"{missing}: run `scripts/setup --machine {machine.Name}`, then `make build`");
        }
    }

    /// <summary>
    /// Keeps the image in the user's cache, where further runs find it. One with files of a single kernel, and any
    /// where the cache is full or cannot be written, is in the run directory, and is removed at the end as the files of
    /// VMs are.
    /// </summary>
    private string Store(byte[] init, IReadOnlyList<ProgramTask> tasks, IReadOnlyList<GuestFile> further)
    {
        var programs =
            tasks.Select(t => new GuestProgram(t.Program.GuestName, File.ReadAllBytes(t.Program.Path))).ToList();
        var files = Distinct(tasks.SelectMany(FilesOf).Concat(further));
        // No kernel's directory has such a name.
        var ofRun = Path.Combine(plan.Directory, RunDirectory.WorkName, ".guests");
        if (further.Count > 0)
        {
            return GuestImage.Store(ofRun, init, programs, files);
        }
        try
        {
            return GuestImage.Store(CacheKind.Guests.In(environment.CacheRoot), init, programs, files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return GuestImage.Store(ofRun, init, programs, files);
        }
    }

    /// <summary>Builds of one program have the same files beside them.</summary>
    /// <exception cref="ProgramException">Two files of one place differ.</exception>
    private static IReadOnlyList<GuestFile> Distinct(IEnumerable<GuestFile> files)
    {
        var places = files.GroupBy(file => file.Path).ToList();
        return places.Find(same => same.Any(f => !f.Content.AsSpan().SequenceEqual(same.First().Content))) is { } twice
            ? throw new ProgramException($"two programs want different files at {twice.Key}")
            : [.. places.Select(same => same.First())];
    }

    /// <summary>What a program finds beside it, with the list of its cases where the matrix chose among them.</summary>
    private static IEnumerable<GuestFile> FilesOf(ProgramTask task) => task.IsNarrowed
        ? task.Program.Files.Append(new GuestFile(
            $"/cases/{task.Program.GuestName}",
            Encoding.ASCII.GetBytes(string.Concat(task.Cases.Select(c => c.Id + "\n")))))
        : task.Program.Files;

    /// <summary>The plan's tasks, each with its program's build for the machine.</summary>
    private async Task<IReadOnlyList<ProgramTask>> TasksAsync(Machine machine, CancellationToken cancellation)
    {
        if (machine == MachineList.Default)
        {
            return [.. plan.Tasks];
        }
        var builds = plan.ForMachine is { } prepare
            ? await prepare(machine, cancellation).ConfigureAwait(false)
            : [];
        return
        [
            .. plan.Tasks.Select(task => task with
            {
                Program = builds.FirstOrDefault(b => (b.Probe, b.Label) == (task.Program.Probe, task.Program.Label))
                    ?? throw new ProgramException($"{task.Program.Description} is not built for it"),
            }),
        ];
    }
}
