using Harness.Results;

namespace Harness.Runs;

/// <summary>What became of a kernel.</summary>
/// <param name="Reason">The evidence in words; <c>null</c> when the kernel was tested.</param>
public sealed record Classification(KernelStatus Status, string? Reason)
{
    /// <summary>It comes to the same if it is tried again.</summary>
    public bool Lasts { get; init; }
}
