using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>
/// One line of the journal: the request first, then a line for each finished kernel, and before it one with the times
/// of its cases where they are known.
/// </summary>
public sealed record JournalLine(RunRequest? Request, KernelResult? Kernel)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseTimes? Times { get; init; }
}
