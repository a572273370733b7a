namespace Harness.Kernels.Apt;

/// <summary>What a Release file says of an index.</summary>
/// <param name="Size">In bytes.</param>
public sealed record IndexFile(string Sha256, long Size);
