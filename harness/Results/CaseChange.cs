namespace Harness.Results;

/// <summary>A case that changed, in the same way on each of some kernels.</summary>
/// <param name="Kernels">Their ids, in the order of kernels.</param>
/// <param name="From">In the older run; <c>null</c> when that one did not ask it.</param>
/// <param name="To">In the newer run; <c>null</c> when that one did not ask it.</param>
public sealed record CaseChange(
    CaseChangeKind Change, string Case, IReadOnlyList<string> Kernels, CaseEnd? From, CaseEnd? To);
