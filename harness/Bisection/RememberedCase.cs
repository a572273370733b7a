using Harness.Ktap;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>One case as it was measured.</summary>
/// <param name="Evidence">Its name in <see cref="EvidenceMemory"/>; <c>null</c> when it could not be kept.</param>
public sealed record RememberedCase(
    Outcome Want, Outcome? Outcome, string? Step, string? Errno, bool Skipped, string? Reason, string? Evidence)
{
    public ProbedCase ToProbed(string id) =>
        new(0, id, true, Skipped, Word(Want), Outcome is { } o ? Word(o) : null, Step, Errno, Reason);

    private static string Word(Outcome outcome) => outcome == Results.Outcome.Accept ? "accept" : "reject";
}
