using Harness.Kernels;

namespace Harness.Vm;

/// <summary>The CPU that QEMU emulates for a kernel.</summary>
internal static class EmulatedCpu
{
    private const string Usual = "qemu64";

    /// <summary>The series that was seen to oops, in one boot of ten.</summary>
    private const string Affected = "6.12";

    /// <summary>
    /// Under QEMU 7.2.22, kernels of 6.12 oopsed at or soon after a CMPXCHG16B of the slab allocator, with flags that make no sense
    /// (<c>double fault</c>, EFLAGS 044b66d2); without that instruction, 84 boots of four of them did not. 7.3 makes no arena
    /// without it (ENOMEM), so that others keep it.
    /// </summary>
    public static string Of(KernelVersion? version) => version?.Series == Affected ? $"{Usual},-cx16" : Usual;
}
