namespace Harness.Machines;

/// <summary>The CPU that QEMU gives a guest.</summary>
/// <param name="Emulated">QEMU's name of the one that it emulates.</param>
/// <param name="Features">Of the emulated CPU, in the order of QEMU's option.</param>
public sealed record MachineCpu(string Emulated, IReadOnlyList<CpuFeature> Features)
{
    /// <summary>Under KVM, QEMU passes the host's own CPU on.</summary>
    private const string Host = "host";

    /// <summary>The value of QEMU's option <c>-cpu</c>.</summary>
    /// <param name="version">The kernel's; <c>null</c> where it is not known.</param>
    /// <param name="lean">With what only saves time.</param>
    public string OptionFor(Accelerator accelerator, KernelVersion? version, bool lean) =>
        accelerator == Accelerator.Kvm ? Host
        : string.Join(',', Features.Where(f => f.AppliesTo(version, lean)).Select(f => f.Option).Prepend(Emulated));
}
