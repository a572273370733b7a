namespace Harness.Kernels.Archives;

/// <summary>What a reader should know of a suite.</summary>
/// <param name="LeftOut">The suite contributes no kernels: something is missing.</param>
/// <param name="Text">A sentence that names the suite.</param>
public sealed record ArchiveNote(string Suite, bool LeftOut, string Text)
{
    /// <summary>
    /// Why a suite that is left out may have kernels all the same; <c>null</c> when the archive truly has none there,
    /// as of a suite that has ended.
    /// </summary>
    public string? Failure { get; init; }

    /// <summary>Attempts to read it that failed in the network and were repeated.</summary>
    public IReadOnlyList<Retry> Retries { get; init; } = [];

    /// <summary>Somebody may have tampered with the suite: no key that may sign it did.</summary>
    public bool IsForged { get; init; }
}
