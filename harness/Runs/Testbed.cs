using Harness.Machines;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>What boots kernels on this machine.</summary>
public sealed record Testbed(VirtualMachine Vm, AcceleratorChooser Chooser, RunEnvironment Environment)
    : IAsyncDisposable
{
    /// <param name="snapshotBytes">
    /// How many bytes snapshots may take; 0 boots every kernel from its first instruction.
    /// </param>
    public static async Task<Testbed> OfAsync(
        Workspace workspace, CancellationToken cancellation, long snapshotBytes = 0)
    {
        var host = await workspace.HostAsync(cancellation).ConfigureAwait(false);
        var vm = HostFacts.Machine(host, workspace.CacheRoot, snapshotBytes);
        return new Testbed(
            vm,
            new AcceleratorChooser(vm, new AcceleratorMemory(workspace.CacheRoot), host.Qemu),
            new RunEnvironment(HostFacts.HarnessVersion, host, workspace.CacheRoot, InitOf(workspace.Repository)));
    }

    public ValueTask DisposeAsync() => Vm.DisposeAsync();

    private static Func<Machine, string> InitOf(Repository repository) =>
        machine => repository.Built(Path.GetFileName(repository.Init), MachineList.FolderOf(machine));
}
