using System.Globalization;
using Harness.Analysis;

namespace Harness.Probes.Libbpf;

/// <summary>Two libbpfs, neighbours among those that were run, compared with each other.</summary>
/// <param name="Compared">The number of answers that both gave: cases times kernels.</param>
/// <param name="Kernels">The number of kernels that answered both.</param>
public sealed record LibbpfStep(
    LibbpfInfo Older, LibbpfInfo Newer, int Compared, int Kernels, IReadOnlyList<LibbpfChange> Changes)
{
    public string InWords => $"libbpf {Older.Version} → {Newer.Version}: "
        + string.Create(CultureInfo.InvariantCulture, $"{(Changes.Count == 0 ? "none" : Changes.Count)} of {Compared}")
        + $" answers on {Words.Count(Kernels, "kernel")} {(Changes.Count == 1 ? "changes" : "change")}";
}
