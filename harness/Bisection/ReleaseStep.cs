namespace Harness.Bisection;

/// <summary>One kernel that was tested, in the order of the search.</summary>
/// <param name="Step">Kernels of the same step were tested at the same time; evidence of its boots is in <c>step-N/</c>.</param>
/// <param name="Verdict"><c>null</c> when there is none, or when several cases were asked.</param>
/// <param name="Remembered">Measured by an earlier bisection.</param>
/// <param name="Console">Relative to the bisection's directory, as is <paramref name="Ktap"/>.</param>
public sealed record ReleaseStep(
    int Step, string Kernel, string? Version, Verdict? Verdict, string? Problem, bool Remembered, double Seconds, string? Console, string? Ktap);
