namespace Harness.Bisection;

/// <summary>One kernel of an answer.</summary>
/// <param name="Problem">Why it has no verdict; <c>null</c> when it has one.</param>
public sealed record BisectKernel(string Kernel, string? Version, Verdict? Verdict, string? Problem);
