using Harness.Kernels;
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

    /// <summary>What the matrix says in the sections of sources and probes.</summary>
    public YamlSections Sections { get; init; } = YamlSections.None;

    /// <summary>Whether so many seconds make sense for one VM; neither "not a number" nor infinity does.</summary>
    public static bool IsTimeout(double seconds) => seconds is > 0 and <= LongestTimeout;
}
