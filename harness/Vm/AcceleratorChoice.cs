using Harness.Machines;

namespace Harness.Vm;

/// <summary>The accelerator that VMs of one machine are run with.</summary>
/// <param name="Note">Why it is not KVM; <c>null</c> when there is nothing to explain.</param>
/// <param name="Usable">False when KVM was asked for by name and does not work.</param>
public sealed record AcceleratorChoice(Accelerator Accelerator, string? Note, bool Usable = true);
