using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>Something that no healthy kernel says, from its console, after the prober had started.</summary>
/// <param name="Text">The line, without the kernel's time stamp.</param>
/// <param name="Line">Its number in the console's log, from 1.</param>
/// <param name="Case">The case that was being asked; <c>null</c> where that cannot be told.</param>
public sealed record Complaint(ComplaintKind Kind, string Text, int Line, string? Case)
{
    /// <summary>An expectation foresees it, or it says nothing about the kernel.</summary>
    public bool AsExpected { get; init; }

    /// <summary>Why it is as expected, where the expectation says so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cause { get; init; }

    /// <summary>Where the cause is known from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }
}
