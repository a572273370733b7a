namespace Harness.Results;

/// <summary>How a run uses and makes snapshots of kernels.</summary>
/// <param name="Bytes">How many bytes all of them may take; 0 boots every kernel from its first instruction.</param>
/// <param name="AtOnce">A kernel is saved when it is first booted; otherwise when it is booted again.</param>
public sealed record SnapshotUse(long Bytes, bool AtOnce)
{
    public static SnapshotUse None { get; } = new(0, AtOnce: false);
}
