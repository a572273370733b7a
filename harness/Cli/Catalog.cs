using Harness.Kernels;
using Harness.Machines;
using Harness.Matrix;
using Harness.Probes;
using Harness.Probes.Exec;
using Harness.Probes.InnerMaps;
using Harness.Probes.Object;
using Harness.Reports;

namespace Harness.Cli;

/// <summary>
/// The parts that the harness is composed of. Another program may hand its own catalog to
/// <see cref="Entry.RunAsync"/>, with parts added to those of <see cref="Default"/>.
/// </summary>
public sealed record Catalog
{
    /// <summary>The parts of this project: the one place where they are listed together.</summary>
    public static Catalog Default { get; } = new()
    {
        Probes = new ProbeList(InnerMapsProbe.Instance, ObjectProbe.Instance, ExecProbe.Instance),
        Sources = KernelSources.Default,
        Formats = ReportSet.All,
    };

    /// <summary>The probes that ask the kernels, the first one being the harness's own subject.</summary>
    public required ProbeList Probes { get; init; }

    /// <summary>The sources that kernels can come from.</summary>
    public required KernelSources Sources { get; init; }

    /// <summary>The machines that kernels boot on. They are data, and the same in every catalog.</summary>
    public static IReadOnlyList<Machine> Machines => MachineList.All;

    /// <summary>What help texts show: the examples of the first probe.</summary>
    internal ProbeExamples Examples => Probes.All[0].Examples;

    /// <summary>The formats in which a run's reports are written.</summary>
    public required IReadOnlyList<ReportFormat> Formats { get; init; }

    /// <summary>What a matrix may say.</summary>
    internal MatrixForm Matrix => new(Sources, Probes);
}
