namespace Harness.Probes.Libbpf;

/// <summary>The builds that the axes of a matrix ask for.</summary>
/// <param name="toolchains">As in the matrix; empty for the machine's clang.</param>
/// <param name="libbpf">As in the matrix, the machine's first; empty for that alone.</param>
/// <param name="make">The program that builds.</param>
internal sealed class AxisBuilds(
    ProgramRequest request, IReadOnlyList<AxisValue> toolchains, IReadOnlyList<AxisValue> libbpf, string make)
{
    private readonly ProberBuilder _builder = new(
        request.Repository.ProberSources, request.CacheRoot, text => request.Tell(text + "…"), make);

    /// <summary>The versions of libbpf that are in the cache.</summary>
    public LibbpfVersions Versions { get; } = new(request.CacheRoot);

    /// <summary>The further libbpfs.</summary>
    public IReadOnlyList<AxisValue> Further { get; } = [.. libbpf.Skip(1)];

    /// <summary>The compilers of BPF objects, the default one first.</summary>
    public IReadOnlyList<string> Clangs { get; } =
        toolchains.Count == 0 ? [ProberSettings.DefaultClang] : [.. toolchains.Select(t => t.Name)];

    /// <summary>The compilers are no others than <c>make build</c> uses.</summary>
    public bool IsUsual => Clangs is [ProberSettings.DefaultClang];

    /// <summary>The values for which probers are built; with none, no compiler is needed.</summary>
    public IReadOnlyList<AxisValue> ToBuild => [.. IsUsual ? [] : toolchains, .. Further];

    /// <summary>Checks that there is something to build from: a release has no sources.</summary>
    /// <exception cref="Yaml.YamlFileException">There is not; with the place of each value.</exception>
    public void RequireSources(IReadOnlyList<AxisValue> values)
    {
        if (request.Repository.IsRelease && values.Count > 0)
        {
            throw new Yaml.YamlFileException([.. values.Select(value => $"{value.At}: {value.Name}: a release has no"
                + " sources to build a prober from; use a checkout of the harness for such a matrix")]);
        }
    }

    /// <summary>The path of the prober with the machine's libbpf, built by these compilers.</summary>
    public Task<string> FirstAsync(CancellationToken cancellation) =>
        _builder.BuildAsync(new ProberSettings(Clangs, null, ""), cancellation);

    /// <summary>The label and the path of the prober of each further libbpf, which must be in the cache.</summary>
    public async Task<IReadOnlyList<(string Label, string Path)>> FurtherAsync(CancellationToken cancellation)
    {
        var built = new List<(string, string)>();
        foreach (var version in Further.Select(l => l.Name))
        {
            var settings = new ProberSettings(Clangs, Versions.Find(version), ProberSettings.LabelOf(version));
            built.Add((settings.Label, await _builder.BuildAsync(settings, cancellation).ConfigureAwait(false)));
        }
        return built;
    }
}
