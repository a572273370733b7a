using Harness.Kernels;
using Harness.Probes;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>A matrix that passed validation.</summary>
/// <param name="Path">The file it was read from.</param>
/// <param name="TimeoutSeconds">For one VM, from launch to power-off; <c>null</c> for the default.</param>
public sealed record MatrixSpec(
    string Path,
    double? TimeoutSeconds,
    IReadOnlyList<KernelEntry> Kernels,
    IReadOnlyList<Expectation> Expectations)
{
    /// <summary>Seconds: a day.</summary>
    internal const double LongestTimeout = 86_400;

    /// <summary>The CPUs of each VM; <c>null</c> for the default.</summary>
    public int? Cpus { get; init; }

    /// <summary>The most CPUs of one VM.</summary>
    public const int MostCpus = 64;

    /// <summary>The probes to ask; empty for those whose questions are their own.</summary>
    public IReadOnlyList<ProbeEntry> Probes { get; init; } = [];

    /// <summary>What a kernel is built with, so that it can answer all cases of the matrix.</summary>
    /// <param name="known">All probes.</param>
    public KernelOptions OptionsOfBuilds(ProbeList known) => KernelOptions.Of(Probes.Count > 0
        ? Probes.Select(entry => entry.OptionsOfBuilds)
        : known.All.Where(probe => probe.Input is null).Select(probe => probe.OptionsFor(_ => true)));

    /// <summary>What the matrix says in the sections of sources and probes.</summary>
    public YamlSections Sections { get; init; } = YamlSections.None;

    /// <summary>Whether so many seconds make sense for one VM; neither "not a number" nor infinity does.</summary>
    public static bool IsTimeout(double seconds) => seconds is > 0 and <= LongestTimeout;
}
