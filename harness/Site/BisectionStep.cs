namespace Harness.Site;

/// <summary>A kernel or a commit that a bisection tried.</summary>
/// <param name="Seconds">That building and booting it took.</param>
/// <param name="Remembered">An earlier bisection measured it.</param>
internal sealed record BisectionStep(
    int Number, string What, string Answer, double Seconds, bool Remembered, IReadOnlyList<RunFile> Evidence);
