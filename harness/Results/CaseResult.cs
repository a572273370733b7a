using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>One case on one kernel.</summary>
/// <param name="Id">Parts joined by dots. The first part leads to the probe, which knows the others.</param>
/// <param name="Want">What a portable program wants of a kernel.</param>
/// <param name="Step">Where the kernel answered with an error: a step of the case's probe.</param>
/// <param name="Errno">By name: <c>EINVAL</c>.</param>
/// <param name="Expected">The status that the matrix expects; <c>pass</c> where no entry foresees another.</param>
/// <param name="Cause">Why it fails, where an expectation or a rule knows.</param>
/// <param name="Workaround">What to do instead.</param>
/// <param name="Source">Where the cause is known from.</param>
public sealed record CaseResult(
    string Id,
    Outcome Want,
    Outcome? Outcome,
    string? Step,
    string? Errno,
    CaseStatus Status,
    CaseStatus Expected,
    string? Reason,
    string? Cause,
    string? Workaround,
    string? Source = null)
{
    /// <summary>Only what differs from what the status says, so that equal results are equal records.</summary>
    private bool? _asExpected;

    /// <summary>
    /// Status, and step and errno where the expectation names them, are as expected; where a document does not say, the
    /// status alone decides.
    /// </summary>
    public bool AsExpected
    {
        get => _asExpected ?? Status == Expected;
        // Not init: the JSON generator would set what a document leaves out, to false.
        set => _asExpected = value == (Status == Expected) ? null : value;
    }

    /// <summary>
    /// Each repeat's answer, where they disagree: then the case has no outcome, step or errno of its own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CaseAttempt>? Attempts { get; init; }

    /// <summary>
    /// The telling lines of what was said about the case: of a verifier's log, or of a program's output. At most
    /// <see cref="CaseEvidence.MostBytes"/> in UTF-8; left out where there is none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Evidence { get; init; }

    /// <summary>What was counted while the case was asked, by name; left out where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseNumbers? Numbers { get; init; }
}
