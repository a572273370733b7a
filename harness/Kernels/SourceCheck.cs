namespace Harness.Kernels;

/// <summary>Something that a source needs of this machine, and whether it is there.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Detail">What was found, in words.</param>
/// <param name="Mend">What to do about it; <c>null</c> when all is well.</param>
public sealed record SourceCheck(string Name, SourceHealth Health, string Detail, string? Mend = null);
