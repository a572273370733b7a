using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>
/// A case's status differs between two kernels, of one architecture and one line, that were measured one after the
/// other.
/// </summary>
/// <param name="Cause">Of the end that is not as wanted, where an expectation or a rule knows it.</param>
public sealed record Transition(
    string Case, Outcome Want, string Arch, TransitionEnd From, TransitionEnd To, string? Cause, string? Source)
{
    /// <summary>The line of both kernels; left out where they have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    /// <summary>The lineage of both kernels.</summary>
    [JsonIgnore]
    public Lineage Lineage => new(Arch, Line);
}
