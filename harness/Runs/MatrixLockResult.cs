namespace Harness.Runs;

/// <summary>What became of a matrix's lock.</summary>
/// <param name="Path">Of the lock.</param>
/// <param name="Kernels">How many kernels it pins.</param>
/// <param name="Problems">Kernels that cannot be pinned, and why. Where there is one, no lock was written.</param>
/// <param name="Notes">What the reader should know about the selection, such as a stale index.</param>
public sealed record MatrixLockResult(
    string Path, int Kernels, IReadOnlyList<string> Problems, IReadOnlyList<string> Notes);
