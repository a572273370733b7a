using CliWrap;
using Harness.Processes;
using Harness.Yaml;

namespace Harness.Probes.InnerMaps;

/// <summary>The probers of a run.</summary>
/// <param name="First">Runs all cases, with the machine's libbpf.</param>
/// <param name="Further">Each runs the cases of layer libbpf again, with another libbpf.</param>
/// <param name="Toolchains">What was found in the first prober's BPF objects, before any boot.</param>
public sealed record ProberSet(
    NativeProgram First, IReadOnlyList<NativeProgram> Further, IReadOnlyList<ToolchainInfo> Toolchains)
{
    public IReadOnlyList<NativeProgram> All => [First, .. Further];
}

/// <summary>Makes the probers that a matrix's axes ask for: checks that all is there, and builds what is not.</summary>
/// <param name="defaultProber">The one that <c>make build</c> built.</param>
public sealed class ProberSetMaker(string defaultProber, ProberBuilder builder, LibbpfVersions libbpfs)
{
    private static readonly string Name = InnerMapsProbe.Instance.Name;

    /// <param name="toolchains">As in the matrix; empty for the machine's clang.</param>
    /// <param name="libbpf">As in the matrix, the machine's first; empty for that alone.</param>
    /// <exception cref="YamlFileException">A toolchain or a libbpf is not installed.</exception>
    /// <exception cref="ProgramException">A prober is not built, cannot be built, or does not answer.</exception>
    public async Task<ProberSet> MakeAsync(IReadOnlyList<AxisValue> toolchains, IReadOnlyList<AxisValue> libbpf, CancellationToken cancellation)
    {
        RequireInstalled(toolchains, libbpf);
        IReadOnlyList<string> clangs = toolchains.Count == 0 ? [ProberSettings.DefaultClang] : [.. toolchains.Select(t => t.Name)];
        var firstPath = clangs is [ProberSettings.DefaultClang]
            ? defaultProber
            : await builder.BuildAsync(new ProberSettings(clangs, null, ""), cancellation).ConfigureAwait(false);
        var first = (await NativeProgram.LoadAsync(Name, firstPath, cancellation).ConfigureAwait(false)) with { Description = "the machine's libbpf" };
        var further = new List<NativeProgram>();
        foreach (var version in libbpf.Skip(1).Select(l => l.Name))
        {
            var settings = new ProberSettings(clangs, libbpfs.Find(version), ProberSettings.LabelOf(version));
            var path = await builder.BuildAsync(settings, cancellation).ConfigureAwait(false);
            further.Add((await NativeProgram.LoadAsync(Name, path, cancellation, settings.Label).ConfigureAwait(false)) with { Description = settings.Label });
        }
        return new ProberSet(first, further, await ToolchainsAsync(first, clangs, cancellation).ConfigureAwait(false));
    }

    private void RequireInstalled(IReadOnlyList<AxisValue> toolchains, IReadOnlyList<AxisValue> libbpf)
    {
        var problems = toolchains.Where(t => CommandExecution.Find(t.Name) is null)
            .Select(t => $"{t.At}: {t.Name} is not installed; run scripts/setup{(t.Name.Split('-') is [_, var number] ? $" --clang {number}" : "")}")
            .Concat(libbpf.Skip(1).Where(l => libbpfs.Find(l.Name) is null)
                .Select(l => $"{l.At}: a static libbpf {l.Name} is not in the cache ({Words(libbpfs.All())}); run scripts/setup --libbpf {l.Name}"))
            .ToList();
        if (problems.Count > 0)
        {
            throw new YamlFileException(problems);
        }
    }

    private static string Words(IReadOnlyList<string> versions) => versions.Count == 0 ? "none is" : $"there are {string.Join(", ", versions)}";

    private static async Task<IReadOnlyList<ToolchainInfo>> ToolchainsAsync(NativeProgram prober, IReadOnlyList<string> clangs, CancellationToken cancellation)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var clang in clangs.Where(c => CommandExecution.Find(c) is not null))
        {
            var answer = await new Command(clang).WithArguments(["-dumpversion"]).TryRunAsync(cancellation).ConfigureAwait(false);
            var version = answer.StandardOutput.Trim();
            versions[$"clang-{version.Split('.')[0]}"] = version;
        }
        return
        [
            .. (await BpfObject.ReadAsync(prober.Path, cancellation).ConfigureAwait(false)).GroupBy(o => o.Toolchain).Select(objects => new ToolchainInfo(objects.Key, versions.GetValueOrDefault(objects.Key),
                [.. objects.Select(o => new ObjectInfo(o.Name, o.Missing is null, o.Missing)).OrderBy(o => o.Name, StringComparer.Ordinal)])),
        ];
    }
}
