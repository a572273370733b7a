using Harness.Kernels;
using Harness.Machines;
using Harness.Processes;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Doctor;

/// <summary>The programs that a run starts, and what else the kernel sources need installed.</summary>
internal sealed class ToolCheck(KernelSources sources) : IMachineCheck
{
    private const string Launcher = VirtmeArguments.Program;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        string[] programs =
            [MachineList.Default.QemuProgram, "vng", .. sources.All.SelectMany(s => s.Programs).Distinct()];
        var found = await Task.WhenAll(programs.Select(p => ProgramAsync(p, cancellation))).ConfigureAwait(false);
        return
        [
            .. found,
            CommandExecution.Find(Launcher) is null
                ? Finding.Bad(Launcher, "not installed", MachineDoctor.SetUp)
                : Finding.Ok(Launcher, "installed with virtme-ng"),
            .. sources.All.SelectMany(source => source.CheckInstallation()).Select(SourceCheckList.Finding),
        ];
    }

    private static async Task<Finding> ProgramAsync(string program, CancellationToken cancellation) =>
        await HostFacts.FirstLineAsync(program, "--version", cancellation).ConfigureAwait(false) is { } version
            ? Finding.Ok(program, version)
            : Finding.Bad(program, "not installed, or it does not run", MachineDoctor.SetUp);
}
