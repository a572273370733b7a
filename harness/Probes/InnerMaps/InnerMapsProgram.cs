using Harness.Machines;
using Harness.Probes.Libbpf;
using Harness.Processes;
using Harness.Yaml;

namespace Harness.Probes.InnerMaps;

/// <summary>
/// The probers that a matrix's axes ask for. Each toolchain's BPF objects are in the first prober, which runs all
/// cases with the machine's libbpf; each further libbpf has a prober that runs the cases of layer libbpf again.
/// </summary>
/// <param name="make">The program that builds probers.</param>
public sealed class InnerMapsProgram(string make = "make") : IProbeProgram
{
    private const string MachineDescription = "the machine's libbpf";

    /// <inheritdoc/>
    public async Task<ProbePrograms> PrepareAsync(ProgramRequest request, CancellationToken cancellation)
    {
        var programs = await PrepareAsync(
            request,
            request.Sections.Get(BuildAxes.Toolchains) ?? [],
            request.Sections.Get(BuildAxes.Libbpf) ?? [],
            cancellation).ConfigureAwait(false);
        return request.Machine == MachineList.Default
            ? programs
            : await ForMachineAsync(request, programs, cancellation).ConfigureAwait(false);
    }

    /// <param name="toolchains">As in the matrix; empty for the machine's clang.</param>
    /// <param name="libbpf">As in the matrix, the machine's first; empty for that alone.</param>
    internal async Task<ProbePrograms> PrepareAsync(
        ProgramRequest request, IReadOnlyList<AxisValue> toolchains, IReadOnlyList<AxisValue> libbpf,
        CancellationToken cancellation)
    {
        var builds = new AxisBuilds(request, toolchains, libbpf, make);
        builds.RequireSources(builds.ToBuild);
        RequireInstalled(toolchains, builds);
        var first = builds.IsUsual
            ? request.Repository.Prober
            : await builds.FirstAsync(cancellation).ConfigureAwait(false);
        var further = new List<NativeProgram>();
        foreach (var (label, path) in await builds.FurtherAsync(cancellation).ConfigureAwait(false))
        {
            further.Add(await LoadAsync(path, label, label, cancellation).ConfigureAwait(false));
        }
        var compiled = await CompiledObjects.ReadAsync(first, builds.Clangs, cancellation).ConfigureAwait(false);
        return new ProbePrograms(await LoadAsync(first, "", MachineDescription, cancellation).ConfigureAwait(false))
        {
            Further = further,
            Facts = tasks => RunFacts.OfTasks(compiled, tasks),
        };
    }

    /// <summary>
    /// The same for another machine: the axes' builds are made with this machine's compilers and libraries, so only the
    /// prober of <c>make -C bpf</c> can be there.
    /// </summary>
    private static async Task<ProbePrograms> ForMachineAsync(
        ProgramRequest request, ProbePrograms programs, CancellationToken cancellation)
    {
        var (machine, repository) = (request.Machine, request.Repository);
        if (programs.All.FirstOrDefault(p => p.Path != repository.Prober) is { } other)
        {
            throw new ProgramException(
                $"{other.Path}: probers for the axes of a matrix are not built for {machine.Name}");
        }
        var path = repository.Built(Path.GetFileName(repository.Prober), MachineList.FolderOf(machine));
        return programs with
        {
            First = await programs.First.BuiltForAsync(machine, path, cancellation).ConfigureAwait(false),
        };
    }

    private static async Task<NativeProgram> LoadAsync(
        string path, string label, string description, CancellationToken cancellation)
    {
        var program = NativeProgram.LoadAsync(InnerMapsProbe.Name, path, cancellation, label);
        return (await program.ConfigureAwait(false)) with { Description = description };
    }

    private static void RequireInstalled(IReadOnlyList<AxisValue> toolchains, AxisBuilds builds)
    {
        var missingClangs = toolchains.Where(t => builds.ToBuild.Count > 0 && CommandExecution.Find(t.Name) is null)
            .Select(t => $"{t.At}: {t.Name} is not installed; run scripts/setup{SetupOption(t.Name)}");
        List<string> problems = [.. missingClangs, .. builds.Versions.ProblemsOf(builds.Further)];
        if (problems.Count > 0)
        {
            throw new YamlFileException(problems);
        }
    }

    /// <summary>The option that installs a clang with a version in its name; <c>clang</c> needs none.</summary>
    private static string SetupOption(string clang) => clang.Split('-') is [_, var number] ? $" --clang {number}" : "";
}
