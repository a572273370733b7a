using Harness.Machines;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>What boots kernels on this machine.</summary>
public sealed record Testbed(VirtualMachine Vm, AcceleratorChooser Chooser, RunEnvironment Environment)
    : IAsyncDisposable
{
    public static async Task<Testbed> OfAsync(Workspace workspace, CancellationToken cancellation)
    {
        var host = await workspace.HostAsync(cancellation).ConfigureAwait(false);
        var vm = HostFacts.Machine(host, workspace.CacheRoot);
        return new Testbed(
            vm,
            new AcceleratorChooser(vm, new AcceleratorMemory(workspace.CacheRoot), host.Qemu),
            new RunEnvironment(HostFacts.HarnessVersion, host, workspace.CacheRoot, InitOf(workspace.Repository)));
    }

    public ValueTask DisposeAsync() => Vm.DisposeAsync();

    private static Func<Machine, string> InitOf(Repository repository) =>
        machine => repository.Built(Path.GetFileName(repository.Init), MachineList.FolderOf(machine));
}
