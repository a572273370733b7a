using Harness.Kernels;
using Harness.Machines;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// The accelerator of each machine whose kernels a run tests. A machine's first image that is ready proves KVM; all
/// others of that machine wait for the answer.
/// </summary>
internal sealed class MachineAccelerators(RunPlan plan, AcceleratorChooser chooser, Action<RunEvent> tell)
{
    private readonly Dictionary<string, Task<AcceleratorChoice>> _choices = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private string? _proofKernel;

    /// <param name="initramfs">The path of a guest's image for the kernel's machine, which a proof boots.</param>
    /// <exception cref="AcceleratorException">KVM was asked for by name and does not work.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; nothing of the proof's VM is left.</exception>
    public async Task<Accelerator> OfAsync(
        Kernel kernel, BootImage image, string initramfs, CancellationToken cancellation)
    {
        var choice = await ChooseOnceAsync(kernel, image, initramfs, cancellation).ConfigureAwait(false);
        return choice.Usable
            ? choice.Accelerator
            : throw new AcceleratorException($"--accel kvm: {choice.Note}");
    }

    /// <summary>What was chosen for a machine; <c>null</c> when no kernel of it came that far.</summary>
    public AcceleratorChoice? ChoiceOf(Machine machine)
    {
        lock (_gate)
        {
            return _choices.GetValueOrDefault(machine.Name) is { IsCompletedSuccessfully: true } chosen
                ? chosen.Result
                : chooser.WithoutBoot(plan.Accelerator, machine);
        }
    }

    /// <summary>What its kernels will run under, as far as that is known yet.</summary>
    public Accelerator LikelyOf(Machine machine) => ChoiceOf(machine)?.Accelerator
        ?? (plan.Accelerator == AcceleratorWish.Tcg ? Accelerator.Tcg : Accelerator.Kvm);

    /// <summary>A kernel that failed the proof of KVM and is tested without it shows that KVM is to blame.</summary>
    public void Note(KernelResult result)
    {
        if (result.Status == KernelStatus.Tested && result.Id == _proofKernel)
        {
            chooser.ConfirmFailure();
        }
    }

    private Task<AcceleratorChoice> ChooseOnceAsync(
        Kernel kernel, BootImage image, string initramfs, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_choices.TryGetValue(kernel.Machine.Name, out var choice))
            {
                choice = ChooseAsync(kernel, image, initramfs, cancellation);
                _choices.Add(kernel.Machine.Name, choice);
            }
            return choice;
        }
    }

    private async Task<AcceleratorChoice> ChooseAsync(
        Kernel kernel, BootImage image, string initramfs, CancellationToken cancellation)
    {
        if (chooser.WithoutBoot(plan.Accelerator, kernel.Machine) is not { } choice)
        {
            _proofKernel = kernel.Id;
            tell(new RunEvent.ProvingKvm(kernel.Id));
            var directory = new RunDirectory(plan.Directory).Work("kvm-proof");
            try
            {
                choice = await chooser
                    .ProveAsync(plan.Accelerator, kernel.Machine, image.Path, initramfs, directory, cancellation)
                    .ConfigureAwait(false);
            }
            finally
            {
                Files.Remove(directory);
            }
        }
        tell(new RunEvent.AcceleratorChosen(choice.Accelerator, choice.Note));
        return choice;
    }
}
