namespace Harness.Results;

/// <summary>How far a kernel came in one of the runs.</summary>
public sealed record KernelEnd(KernelStatus Status, string? Reason);
