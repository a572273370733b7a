using Harness.Machines;

namespace Harness.Kernels.Git;

/// <summary>How kernels are built.</summary>
/// <param name="Arch">What the kernels are built for, as <c>uname -m</c> says.</param>
/// <param name="Fragment">The user's lines of .config, behind the harness's; <c>null</c> when there are none.</param>
/// <param name="MakeArguments">For make, behind the harness's own.</param>
/// <param name="Jobs">How many commands make runs at a time.</param>
public sealed record BuildSettings(string Arch, string? Fragment, IReadOnlyList<string> MakeArguments, int Jobs)
{
    /// <summary>What the harness builds for where nobody says.</summary>
    public static string DefaultArch => MachineList.Default.Name;

    /// <summary>What the probes ask for.</summary>
    public KernelOptions ProbeOptions { get; init; } = KernelOptions.None;

    /// <summary>A command for a shell, run in each tree before it is built; <c>null</c> for none.</summary>
    public string? BeforeBuild { get; init; }

    /// <summary>
    /// A build that is ended lets make remove what is half-written, so that the next one goes on from its objects.
    /// </summary>
    public bool EndsTidily { get; init; }

    /// <summary>The compiler; <c>null</c> for the one that make takes by itself.</summary>
    public Compiler? Compiler { get; init; }

    /// <exception cref="ArgumentException">The harness boots no kernels of that name.</exception>
    public Machine Machine => MachineList.Get(Arch);
}
