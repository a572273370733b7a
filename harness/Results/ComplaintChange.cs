namespace Harness.Results;

/// <summary>A complaint that only one of two runs has, on each of some kernels.</summary>
/// <param name="Text">As the first of the kernels says it; numbers and addresses are not compared.</param>
/// <param name="Kernels">Their ids, in the order of kernels.</param>
public sealed record ComplaintChange(
    ComplaintChangeKind Change, ComplaintKind Kind, string Text, IReadOnlyList<string> Kernels);
