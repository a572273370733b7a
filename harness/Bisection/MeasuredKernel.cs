using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>A kernel's row, and where it comes from.</summary>
/// <param name="Kernel">The kernel to measure, or one that stands in for it.</param>
/// <param name="Remembered">An earlier bisection measured it; it was not booted now.</param>
/// <param name="Directory">The run directory that holds the evidence; <c>null</c> when it is remembered.</param>
/// <param name="Evidence">The absolute path of the KTAP report; <c>null</c> when there is none.</param>
public sealed record MeasuredKernel(
    Kernel Kernel, KernelResult Result, bool Remembered, string? Directory, string? Evidence)
{
    /// <summary>The console log's absolute path; <c>null</c> when this bisection has none.</summary>
    public string? Console =>
        Directory is null || Result.Console is null ? null : Path.Combine(Directory, Result.Console);
}
