using System.Text.Json.Serialization;

namespace Harness.Bisection;

/// <summary>One kernel of an answer.</summary>
/// <param name="Problem">Why it has no verdict; <c>null</c> when it has one.</param>
public sealed record BisectKernel(string Kernel, string? Version, Verdict? Verdict, string? Problem)
{
    /// <summary>Why it skips the case; <c>null</c> when it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SkipReason { get; init; }
}
