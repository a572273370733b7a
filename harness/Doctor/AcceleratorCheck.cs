using Harness.Cache;
using Harness.Guest;
using Harness.Machines;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Doctor;

/// <summary>Whether kernels boot under KVM, which is proven by booting one, or under emulation.</summary>
internal sealed class AcceleratorCheck(Workspace workspace) : IMachineCheck
{
    private const string Check = "accelerator";

    private readonly Machine _machine = MachineList.Default;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var qemu = await HostFacts.FirstLineAsync(_machine.QemuProgram, "--version", cancellation)
            .ConfigureAwait(false);
        await using var vm = new VirtualMachine();
        var chooser = new AcceleratorChooser(vm, new AcceleratorMemory(workspace.CacheRoot), qemu ?? "");
        var choice = chooser.WithoutBoot(AcceleratorWish.Auto, _machine)
            ?? await ProveAsync(chooser, cancellation).ConfigureAwait(false);
        return [Finding(choice)];
    }

    private static Finding Finding(AcceleratorChoice? choice)
    {
        if (choice is null)
        {
            const string Detail = "KVM opens; whether it runs Linux is not proven, as no kernel is in the cache yet";
            return Doctor.Finding.Note(Check, Detail, "run `harness fetch`, then this again");
        }
        return choice.Accelerator == Accelerator.Kvm
            ? Doctor.Finding.Ok(Check, "KVM: a Linux kernel boots under it")
            : Doctor.Finding.Note(
                Check, $"emulation (TCG): {choice.Note}", "runs take 2 to 8 s a kernel and core without KVM");
    }

    /// <returns><c>null</c> when there is nothing to boot.</returns>
    private async Task<AcceleratorChoice?> ProveAsync(AcceleratorChooser chooser, CancellationToken cancellation)
    {
        var repository = workspace.Repository;
        if (CachedImage() is not { } image || !File.Exists(repository.Init))
        {
            return null;
        }
        var directory = Directory.CreateTempSubdirectory("harness-doctor-").FullName;
        try
        {
            var init = await File.ReadAllBytesAsync(repository.Init, cancellation).ConfigureAwait(false);
            var prober = await File.ReadAllBytesAsync(repository.Prober, cancellation).ConfigureAwait(false);
            var initramfs = GuestImage.Store(directory, init, [new GuestProgram("prober", prober)]);
            var choice = await chooser
                .ProveAsync(AcceleratorWish.Auto, _machine, image, initramfs, directory, cancellation)
                .ConfigureAwait(false);
            chooser.ConfirmFailure(); // The image was verified when it came into the cache.
            return choice;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private string? CachedImage()
    {
        var images = CacheKind.Images.In(workspace.CacheRoot);
        return Directory.Exists(images)
            ? Directory.EnumerateFiles(images, "vmlinuz", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .FirstOrDefault(f => _machine.Images.Problem(f) is null)
            : null;
    }
}
