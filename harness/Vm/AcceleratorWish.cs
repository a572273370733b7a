namespace Harness.Vm;

/// <summary>What <c>--accel</c> asks for.</summary>
public enum AcceleratorWish
{
    /// <summary>KVM where it works, else emulation.</summary>
    Auto,

    /// <summary>KVM or nothing.</summary>
    Kvm,

    /// <summary>Emulation.</summary>
    Tcg,
}
