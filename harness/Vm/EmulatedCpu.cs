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
    private const string WithoutCmpxchg16b = ",-cx16";

    /// <summary>
    /// A kernel whose CPU has no random numbers for it makes some out of what little happens while it boots; until it has
    /// enough, it makes a new key for each number that is asked for: a quarter of all instructions up to the end of a short report from 6.12 to 7.3, a twentieth on 5.10.
    /// </summary>
    private const string WithRdrand = ",+rdrand";

    /// <param name="lean">With what only saves time.</param>
    public static string Of(KernelVersion? version, bool lean) =>
        Usual + (version?.Series == Affected ? WithoutCmpxchg16b : "") + (lean ? WithRdrand : "");
}
