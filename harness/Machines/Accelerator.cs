namespace Harness.Machines;

/// <summary>What executes the guest's instructions.</summary>
public enum Accelerator
{
    /// <summary>Hardware virtualization through <c>/dev/kvm</c>.</summary>
    Kvm,

    /// <summary>QEMU's emulation: slower, and it works everywhere.</summary>
    Tcg,
}
