using Harness.Machines;
using Harness.Probes.Libbpf;
using Harness.Results;

namespace Harness.Probes.Object;

/// <summary>
/// The programs that load objects in a guest: one with the machine's libbpf, and one for each further libbpf of the
/// matrix. Each is asked here for the cases of the objects, which needs no kernel.
/// </summary>
/// <param name="make">The program that builds those of further libbpfs.</param>
public sealed class ObjectProgram(string make = "make") : IProbeProgram
{
    private const string MachineDescription = "objects, the machine's libbpf";

    /// <summary>Where the guest's program finds its objects.</summary>
    private const string GuestDirectory = "/objects";

    /// <summary>The environment variable that names another place, for a program that lists its cases.</summary>
    private const string DirectoryVariable = "HARNESS_OBJECTS";

    private const string Suffix = ".bpf.o";

    /// <summary>A file of an object's name with this: its programs are attached, too.</summary>
    private const string AttachSuffix = ".attach";

    /// <summary>In bytes: a guest holds all objects in its memory.</summary>
    private const long LargestTogether = 64 << 20;

    /// <summary>Under emulation on a busy host, a case takes so long on average; most take milliseconds.</summary>
    private const double SecondsPerCase = 0.2;

    /// <summary>A single case may take as long (bpf/object/README.md). Several such need --timeout.</summary>
    private const double LongestCase = 60;

    /// <inheritdoc/>
    public async Task<ProbePrograms> PrepareAsync(ProgramRequest request, CancellationToken cancellation)
    {
        var (usable, refused, notes) = Inspect([.. request.Subjects.Cast<ObjectSubject>()]);
        var stage = Directory.CreateTempSubdirectory("harness-objects-");
        try
        {
            Stage(stage.FullName, usable);
            var programs = await LoadAsync(request, stage.FullName, cancellation).ConfigureAwait(false);
            IReadOnlyList<GuestFile> files = [.. usable.SelectMany(GuestFiles)];
            var wishes = KernelWishes.Of(usable.Select(o => o.Wishes));
            programs = [.. programs.Select(p => Complete(p, files) with { Wishes = wishes })];
            if (request.Machine != MachineList.Default)
            {
                programs = [await ForMachineAsync(request, programs, cancellation).ConfigureAwait(false)];
            }
            return new ProbePrograms(programs[0])
            {
                Further = [.. programs.Skip(1)],
                NotAsked = refused,
                Notes = notes,
                Needs =
                [
                    .. usable.SelectMany(o => ObjectKernel.Needs(o.Content, o.Subject.Attach)).Distinct(),
                    // By which the kernel checks the modules that the guest loads.
                    .. wishes.Modules.Count > 0 ? [KernelArea.Certificates] : Array.Empty<KernelArea>(),
                ],
                Facts = tasks => Facts(usable, tasks),
            };
        }
        finally
        {
            stage.Delete(recursive: true);
        }
    }

    private static (IReadOnlyList<Staged> Usable, IReadOnlyList<NotAsked> Refused, IReadOnlyList<string> Notes) Inspect(
        IReadOnlyList<ObjectSubject> subjects)
    {
        var (usable, refused, notes) = (new List<Staged>(), new List<NotAsked>(), new List<string>());
        var left = LargestTogether;
        foreach (var subject in subjects)
        {
            var seen = ObjectInspection.Of(subject.File);
            if (seen.Content is { } content && content.LongLength <= left)
            {
                left -= content.LongLength;
                usable.Add(new Staged(subject, content, seen.Wishes(subject.Attach)));
                notes.AddRange(seen.Notes.Select(note => $"{subject.File} {note}"));
                continue;
            }
            refused.Add(new NotAsked(ObjectProbe.Name, subject.File, $"it {seen.Refusal ?? FormattableString.Invariant(
                $"does not fit into a guest: all objects together are larger than {LargestTogether >> 20} MiB")}"));
        }
        return (usable, refused, notes);
    }

    private static void Stage(string directory, IReadOnlyList<Staged> objects)
    {
        foreach (var file in objects.SelectMany(GuestFiles))
        {
            File.WriteAllBytes(Path.Combine(directory, Path.GetFileName(file.Path)), file.Content);
        }
    }

    private static IEnumerable<GuestFile> GuestFiles(Staged staged)
    {
        var path = $"{GuestDirectory}/{staged.Subject.GuestName}";
        yield return new GuestFile(path + Suffix, staged.Content);
        if (staged.Subject.Attach)
        {
            yield return new GuestFile(path + AttachSuffix, []);
        }
    }

    /// <summary>The machine's program first, then those of further libbpfs.</summary>
    private async Task<IReadOnlyList<NativeProgram>> LoadAsync(
        ProgramRequest request, string directory, CancellationToken cancellation)
    {
        var builds = new AxisBuilds(
            request, request.Sections.Get(BuildAxes.Toolchains) ?? [], request.Sections.Get(BuildAxes.Libbpf) ?? [],
            make);
        builds.RequireSources(builds.Further);
        builds.Versions.RequireInstalled(builds.Further);
        var variables = new Dictionary<string, string?> { [DirectoryVariable] = directory };
        var first = NativeProgram.LoadAsync(
            ObjectProbe.Name, request.Repository.Built(ObjectProbe.Name), cancellation, "", variables);
        var programs = new List<NativeProgram>
        {
            (await first.ConfigureAwait(false)) with { Description = MachineDescription },
        };
        foreach (var (label, prober) in await builds.FurtherAsync(cancellation).ConfigureAwait(false))
        {
            var path = ProberBuilder.Beside(prober, ObjectProbe.Name);
            var program = NativeProgram.LoadAsync(ObjectProbe.Name, path, cancellation, label, variables);
            programs.Add((await program.ConfigureAwait(false)) with { Description = $"objects, {label}" });
        }
        return programs;
    }

    private static NativeProgram Complete(NativeProgram program, IReadOnlyList<GuestFile> files) =>
        program.With(files) with
        {
            Seconds = program.Cases.Count == 0 ? 0 : LongestCase + program.Cases.Count * SecondsPerCase,
        };

    /// <summary>Programs of further libbpfs are made with this machine's compilers, and for it alone.</summary>
    private static async Task<NativeProgram> ForMachineAsync(
        ProgramRequest request, IReadOnlyList<NativeProgram> programs, CancellationToken cancellation)
    {
        if (programs.Count > 1)
        {
            throw new ProgramException(
                $"{programs[1].Path}: programs for the axes of a matrix are not built for {request.Machine.Name}");
        }
        var path = request.Repository.Built(ObjectProbe.Name, MachineList.FolderOf(request.Machine));
        return await programs[0].BuiltForAsync(request.Machine, path, cancellation).ConfigureAwait(false);
    }

    private static IDictionary<string, System.Text.Json.JsonElement> Facts(
        IReadOnlyList<Staged> objects, IReadOnlyList<ProgramTask> tasks) => new ObjectFacts(
        [
            .. objects.Select(o => new ObjectFile(
                o.Subject.IdStart, o.Subject.Name, Hashes.Sha256Of(o.Content),
                o.Subject.Supports?.ToString())),
        ],
        [.. tasks.Select(t => LibbpfInfo.Of(t.Program, t.Cases.Count))]).Write();

    /// <summary>An object that guests get.</summary>
    private sealed record Staged(ObjectSubject Subject, byte[] Content, KernelWishes Wishes);
}
