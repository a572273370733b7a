namespace Harness.Runs;

/// <summary>Which kernels a verb works on, as its options say.</summary>
public sealed record MatrixSelection
{
    /// <summary>The matrix file (<c>--kernels</c>); <c>null</c> for the checkout's own.</summary>
    public string? File { get; init; }

    /// <summary>Patterns of kernel ids (<c>--only</c>); empty for all kernels.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>
    /// The archive to use (<c>--mirror</c>); <c>null</c> leaves the choice to the matrix, then to the machine.
    /// </summary>
    public string? Mirror { get; init; }

    /// <summary>
    /// The keys that may sign an archive (<c>--keyring</c>); <c>null</c> for those that the machine trusts.
    /// </summary>
    public string? Keyring { get; init; }

    /// <summary>Only what the lock beside the matrix pins (<c>--locked</c>).</summary>
    public bool Locked { get; init; }

    /// <summary>
    /// Only what this lock pins (<c>--lock</c>); <c>null</c> for none. Shares of a run are balanced by the weights
    /// beside it.
    /// </summary>
    public string? Lock { get; init; }

    /// <summary>The lock that is used; <c>null</c> where the matrix itself says which kernels there are.</summary>
    /// <param name="matrix">The matrix file.</param>
    public string? LockOf(string matrix) => Lock ?? (Locked ? MatrixResolver.LockPath(matrix) : null);

    /// <summary>Ask the archive again, even when the cached index is fresh (<c>--refresh</c>).</summary>
    public bool Refresh { get; init; }
}
