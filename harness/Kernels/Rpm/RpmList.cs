namespace Harness.Kernels.Rpm;

/// <summary>What a repomd.xml says of a list.</summary>
/// <param name="Location">The path under the repository's base.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Size">In bytes; 0 where it does not say.</param>
internal sealed record RpmList(string Location, string Sha256, long Size);
