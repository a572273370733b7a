using Harness.Machines;
using Harness.Results;

namespace Harness.Probes.Exec;

/// <summary>The native side of the probe: one program that runs those of the users, one after the other.</summary>
public sealed class ExecProgram : IProbeProgram
{
    /// <inheritdoc/>
    public async Task<ProbePrograms> PrepareAsync(ProgramRequest request, CancellationToken cancellation)
    {
        var cache = await LibraryCache.LoadAsync(cancellation).ConfigureAwait(false);
        var files = new ExecFiles(request.Machine, cache);
        var (asked, notAsked, notes) = (new List<ExecSubject>(), new List<NotAsked>(), new List<string>());
        foreach (var subject in request.Subjects.Cast<ExecSubject>())
        {
            var (needs, problem) = files.Add(subject);
            if (needs is null)
            {
                notAsked.Add(new NotAsked(ExecProbe.Name, subject.File, $"it {problem}"));
                continue;
            }
            asked.Add(subject);
            notes.AddRange(Notes(subject, needs));
        }
        var program = await LoadAsync(request, cancellation).ConfigureAwait(false);
        return new ProbePrograms(program.With(files.All) with
        {
            Cases = [.. asked.OrderBy(subject => subject.Name, StringComparer.Ordinal).Select(Case)],
            Seconds = asked.Sum(subject => (double)subject.Timeout),
        })
        {
            NotAsked = notAsked,
            Notes = notes,
        };
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
