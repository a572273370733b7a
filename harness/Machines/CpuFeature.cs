namespace Harness.Machines;

/// <summary>A feature that QEMU's emulated CPU is given, or is kept without.</summary>
/// <param name="Option">As it stands behind the CPU's name in QEMU's <c>-cpu</c>: <c>+rdrand</c>, <c>-cx16</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Series">The only kernel series that it is for (<c>6.12</c>); <c>null</c> for all.</param>
/// <param name="OnlyLean">It only saves time, and a plain boot goes without.</param>
public sealed record CpuFeature(string Option, string Reason, string? Series = null, bool OnlyLean = false)
{
    /// <param name="version">The kernel's; <c>null</c> where it is not known.</param>
    /// <param name="lean">With what only saves time.</param>
    internal bool AppliesTo(KernelVersion? version, bool lean) =>
        (Series is null || version?.Series == Series) && (lean || !OnlyLean);
}
