using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>A kernel's row, and where it comes from.</summary>
/// <param name="Kernel">The kernel to measure, or one that stands in for it.</param>
/// <param name="Remembered">It was measured before; it was not booted now.</param>
/// <param name="Evidence">In the bisection's own directory.</param>
public sealed record MeasuredKernel(Kernel Kernel, KernelResult Result, bool Remembered, StepEvidence Evidence);
