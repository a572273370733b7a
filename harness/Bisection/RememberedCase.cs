using Harness.Ktap;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>One case as it was measured.</summary>
/// <param name="Evidence">The path of the KTAP report that it was read from; it may be gone.</param>
public sealed record RememberedCase(
    Outcome Want, Outcome? Outcome, string? Step, string? Errno, bool Skipped, string? Reason, string? Evidence)
{
    public ProbedCase ToProbed(string id) =>
        new(0, id, true, Skipped, Word(Want), Outcome is { } o ? Word(o) : null, Step, Errno, Reason);

    private static string Word(Outcome outcome) => outcome == Results.Outcome.Accept ? "accept" : "reject";
}
