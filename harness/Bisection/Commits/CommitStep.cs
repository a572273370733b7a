using System.Text.Json.Serialization;
using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>One commit that was tried.</summary>
/// <param name="Verdict"><c>null</c> when there is none; then <paramref name="Problem"/> says why.</param>
/// <param name="Remembered">An earlier bisection measured its tree; nothing was built or booted now.</param>
/// <param name="BuildSeconds">Seconds that the build took; 0 when it was not built.</param>
/// <param name="Seconds">Seconds that the boots took; 0 when it was not booted.</param>
/// <param name="BuildLog">A path relative to the bisection's directory, as the two others.</param>
public sealed record CommitStep(
    int Step, CommitStepKind Kind, string Commit, string Subject, Verdict? Verdict, string? Problem, bool Remembered,
    double BuildSeconds, double Seconds, string? BuildLog, string? Console, string? Ktap)
{
    /// <summary>The verdict, or why there is none, in words.</summary>
    [JsonIgnore]
    public string Said => Verdict?.ToString() ?? $"nothing ({Problem})";

    /// <summary>The <c>.config</c> that it was built with, relative to the bisection's directory.</summary>
    public string? Config { get; init; }

    /// <summary>The SHA256 of the kernel that was built; <c>null</c> where none was.</summary>
    public string? Image { get; init; }

    /// <summary>The patches that its tree was built with, relative to the bisection's directory.</summary>
    public IReadOnlyList<string> Patches { get; init; } = [];

    /// <summary>
    /// The compiler that built it, as it was given; <c>null</c> where none was given, or none built it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Compiler { get; init; }

    /// <summary>
    /// It was built before it was asked for; <see cref="BuildSeconds"/> is how long its build was waited for.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BuiltAhead { get; init; }

    /// <summary>Why the kernel skips the case; <c>null</c> when it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SkipReason { get; init; }

    /// <summary>What ccache had of the build; <c>null</c> when it had no part in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompilerCacheUse? CompilerCache { get; init; }
}
