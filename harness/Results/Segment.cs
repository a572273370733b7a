namespace Harness.Results;

/// <summary>Adjacent tested kernels on which a case has the same status.</summary>
/// <param name="From">The first version measured, <c>5.10.218</c>.</param>
/// <param name="To">The last version measured.</param>
/// <param name="Kernels">How many were measured from one to the other.</param>
public sealed record Segment(CaseStatus Status, string From, string To, int Kernels);
