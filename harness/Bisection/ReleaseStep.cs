namespace Harness.Bisection;

/// <summary>One kernel that was tested, in the order of the search.</summary>
/// <param name="Step">The step's number. All kernels of a step are tested at the same time, in <c>step-N/</c>.</param>
/// <param name="Verdict"><c>null</c> when there is none, or when several cases were measured.</param>
/// <param name="Remembered">An earlier bisection measured it; it was not booted now.</param>
/// <param name="Console">Relative to the bisection's directory, as is <paramref name="Ktap"/>.</param>
public sealed record ReleaseStep(
    int Step, string Kernel, string? Version, Verdict? Verdict, string? Problem, bool Remembered, double Seconds,
    string? Console, string? Ktap);
