using Harness.Results;

namespace Harness.Runs;

/// <summary>What became of a kernel.</summary>
/// <param name="Reason">The evidence in words; <c>null</c> when the kernel was tested.</param>
public sealed record Classification(KernelStatus Status, string? Reason)
{
    /// <summary>
    /// What the kernel died of, or how it ended, without how far the prober had come; <c>null</c> where it lives.
    /// </summary>
    public string? Fate { get; init; }

    /// <summary>It comes to the same if it is tried again.</summary>
    public bool Lasts { get; init; }
}
