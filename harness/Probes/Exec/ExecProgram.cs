using Harness.Machines;
using Harness.Results;

namespace Harness.Probes.Exec;

/// <summary>
/// The native side of the probe: a program that runs those of the users, one after the other; and the same once more
/// for those that see this machine's files, in a guest of their own.
/// </summary>
public sealed class ExecProgram : IProbeProgram
{
    /// <inheritdoc/>
    public async Task<ProbePrograms> PrepareAsync(ProgramRequest request, CancellationToken cancellation)
    {
        var subjects = request.Subjects.Cast<ExecSubject>().ToLookup(subject => subject.SeesHost);
        var program = await LoadAsync(request, cancellation).ConfigureAwait(false);
        var cache = await LibraryCache.LoadAsync(cancellation).ConfigureAwait(false);
        var lean = Lean(program, [.. subjects[false]], request.Machine, cache);
        if (!subjects[true].Any())
        {
            return lean;
        }
        var hosted = await HostedAsync(program, [.. subjects[true]], request.Machine, cancellation)
            .ConfigureAwait(false);
        return !subjects[false].Any() ? hosted : lean with
        {
            Further = [hosted.First with { Label = HostedLabel }],
            NotAsked = [.. lean.NotAsked, .. hosted.NotAsked],
            Needs = hosted.Needs,
        };
    }

    /// <summary>Tells the second program from the first one.</summary>
    private const string HostedLabel = "hostfs";

    /// <summary>Those that get all that they need into their guest.</summary>
    private static ProbePrograms Lean(
        NativeProgram program, IReadOnlyList<ExecSubject> subjects, Machine machine, LibraryCache cache)
    {
        var (files, asked, notAsked, notes) = Choose(subjects, machine, cache, MachineList.All);
        return Programs(program.With(files.All), asked, notAsked) with
        {
            Notes = notes,
            Needs = files.Needs,
        };
    }

    /// <summary>Those that find all that they need among this machine's files.</summary>
    internal static async Task<ProbePrograms> HostedAsync(
        NativeProgram program, IReadOnlyList<ExecSubject> subjects, Machine machine, CancellationToken cancellation)
    {
        var (asked, hashes, notAsked) = (new List<ExecSubject>(), new List<string>(), new List<NotAsked>());
        foreach (var subject in subjects)
        {
            var (sha256, problem) = await HostedProgram.LookAsync(subject, machine, cancellation).ConfigureAwait(false);
            if (sha256 is null)
            {
                notAsked.Add(Refused(subject, problem));
                continue;
            }
            asked.Add(subject);
            hashes.Add(sha256);
        }
        return Programs(
            program.With([.. asked.Select(ExecTask.Of)]).Running(hashes) with
            {
                SeesHost = true,
                Wishes = HostedProgram.Wishes,
            },
            asked, notAsked) with
        {
            Needs = ExecKernel.Named,
        };
    }

    private static ProbePrograms Programs(
        NativeProgram program, IReadOnlyList<ExecSubject> asked, IReadOnlyList<NotAsked> notAsked) => new(program with
        {
            Cases = [.. asked.OrderBy(subject => subject.Name, StringComparer.Ordinal).Select(Case)],
            Seconds = asked.Sum(subject => (double)subject.Timeout),
        })
        {
            NotAsked = notAsked,
        };

    private static NotAsked Refused(ExecSubject subject, string? problem) =>
        new(ExecProbe.Name, subject.File, $"it {problem}");

    /// <summary>
    /// The guests of all machines have the same cases. A program that only another one of the machines can run is among
    /// them, and the guest says why it does not run it.
    /// </summary>
    /// <param name="machine">Whose guest it is.</param>
    /// <param name="machines">Those whose kernels can be booted, the one that decides about the rest first.</param>
    internal static (ExecFiles Files, IReadOnlyList<ExecSubject> Asked, IReadOnlyList<NotAsked> NotAsked,
        IReadOnlyList<string> Notes) Choose(
        IReadOnlyList<ExecSubject> subjects, Machine machine, LibraryCache cache, IReadOnlyList<Machine> machines)
    {
        var files = new ExecFiles(machine, cache, machines);
        var first = machine == machines[0] ? files : new ExecFiles(machines[0], cache, machines);
        var (asked, notAsked, notes) = (new List<ExecSubject>(), new List<NotAsked>(), new List<string>());
        foreach (var subject in subjects)
        {
            var here = files.Add(subject);
            var (_, problem, isForOther) = first == files ? here : first.Add(subject);
            if (problem is not null && !isForOther)
            {
                notAsked.Add(new NotAsked(ExecProbe.Name, subject.File, $"it {problem}"));
                continue;
            }
            asked.Add(subject);
            if (here.Needs is { } needs)
            {
                notes.AddRange(Notes(subject, needs));
            }
            else
            {
                files.AddSkipped(subject, $"it {here.Problem}");
            }
        }
        return (files, asked, notAsked, notes);
    }

    /// <summary>It runs the files of <c>/exec</c> in the order of their names.</summary>
    private static ProbeCase Case(ExecSubject subject) =>
        new(subject.IdStart, Outcome.Accept, "it exits as expected") { Opens = true };

    private static async Task<NativeProgram> LoadAsync(ProgramRequest request, CancellationToken cancellation)
    {
        var (repository, machine) = (request.Repository, request.Machine);
        var program = await NativeProgram.LoadAsync(
            ExecProbe.Name, repository.Built(ExecProbe.Name), cancellation).ConfigureAwait(false);
        return machine == MachineList.Default ? program
            : await program.BuiltForAsync(
                machine, repository.Built(ExecProbe.Name, MachineList.FolderOf(machine)), cancellation)
                .ConfigureAwait(false);
    }

    private static IEnumerable<string> Notes(ExecSubject subject, ExecNeeds needs)
    {
        if (needs.Further.Count > 0)
        {
            yield return $"{subject.IdStart}: {string.Join(", ", needs.Further)} came along";
        }
        if (needs.IsScript)
        {
            yield return $"{subject.IdStart} is a script: of what it calls, a guest has what its `files` name";
        }
    }
}
