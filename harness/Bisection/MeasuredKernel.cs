using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>A kernel's row, and where it comes from.</summary>
/// <param name="Kernel">The one that was asked for, or one that stands in for it.</param>
/// <param name="Remembered">It was measured by an earlier bisection, and not booted now.</param>
/// <param name="Directory">The run directory that holds the evidence; <c>null</c> when it is remembered.</param>
/// <param name="Evidence">The KTAP report, absolute, when there is one.</param>
public sealed record MeasuredKernel(Kernel Kernel, KernelResult Result, bool Remembered, string? Directory, string? Evidence)
{
    /// <summary>Absolute; <c>null</c> when there is none, or it was another bisection's.</summary>
    public string? Console => Directory is null || Result.Console is null ? null : Path.Combine(Directory, Result.Console);
}
