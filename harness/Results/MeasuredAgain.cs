namespace Harness.Results;

/// <summary>What the same image answered the same programs before this run measured it again.</summary>
/// <param name="Run">The id of the run that had measured it.</param>
/// <param name="MeasuredAt">When the kernel was booted there.</param>
/// <param name="Changed">
/// The ids of cases that were answered otherwise, sorted; empty where the kernel agrees with itself.
/// </param>
public sealed record MeasuredAgain(string Run, DateTimeOffset MeasuredAt, IReadOnlyList<string> Changed)
{
    /// <summary>Compares a kernel's row with the one before.</summary>
    public static MeasuredAgain Of(KnownFrom before, KernelResult then, KernelResult now)
    {
        var answers = then.Cases.ToDictionary(c => c.Id, Answer, StringComparer.Ordinal);
        var changed = now.Cases.Where(c => !answers.Remove(c.Id, out var answer) || answer != Answer(c))
            .Select(c => c.Id).ToList();
        return new MeasuredAgain(
            before.Run, before.MeasuredAt, [.. changed.Concat(answers.Keys).Order(StringComparer.Ordinal)]);

        static (CaseStatus, Outcome?, string?, string?) Answer(CaseResult result) =>
            (result.Status, result.Outcome, result.Step, result.Errno);
    }
}
