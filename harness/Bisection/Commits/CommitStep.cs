namespace Harness.Bisection.Commits;

/// <summary>One commit that was tried.</summary>
/// <param name="Verdict"><c>null</c> when it tells nothing: then <paramref name="Problem"/> says why.</param>
/// <param name="Remembered">Its tree was measured by an earlier bisection: nothing was built or booted.</param>
/// <param name="BuildSeconds">0 when it was not built.</param>
/// <param name="Seconds">Of the boot; 0 when it was not booted.</param>
/// <param name="BuildLog">Relative to the bisection's directory, as are <paramref name="Console"/> and <paramref name="Ktap"/>.</param>
public sealed record CommitStep(
    int Step, CommitStepKind Kind, string Commit, string Subject, Verdict? Verdict, string? Problem, bool Remembered,
    double BuildSeconds, double Seconds, string? BuildLog, string? Console, string? Ktap);
