namespace Harness.Story;

/// <summary>What a report says before anything else.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Tested">The number of kernels that were tested to their end.</param>
/// <param name="Kernels">The number of kernels.</param>
/// <param name="Verdicts">The number of cases' answers.</param>
/// <param name="Accel">The accelerator.</param>
/// <param name="Partial">A sentence where the run is not all of what was asked; else <c>null</c>.</param>
/// <param name="AsExpected">Every kernel and every case is as expected.</param>
/// <param name="Ending">The sentence that sums the run up where everything is as expected.</param>
/// <param name="IsGood">That sentence is good news.</param>
public sealed record RunHead(
    string RunId, DateTimeOffset StartedAt, int Tested, int Kernels, int Verdicts, string Accel, string? Partial,
    bool AsExpected, string Ending, bool IsGood)
{
    /// <summary>How many of the kernels were tested by earlier runs, and when; <c>null</c> where none was.</summary>
    public string? Known { get; init; }
}
