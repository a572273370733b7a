namespace Harness.Results;

/// <summary>A kernel that only one run has, or that one run could test.</summary>
/// <param name="Kernel">Its id.</param>
/// <param name="From">In the older run; <c>null</c> when that one does not have it.</param>
/// <param name="To">In the newer run; <c>null</c> when that one does not have it.</param>
public sealed record KernelChange(
    KernelChangeKind Change, string Kernel, string? Version, KernelEnd? From, KernelEnd? To);
