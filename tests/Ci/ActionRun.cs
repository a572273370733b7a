namespace Harness.Tests.Ci;

/// <summary>How the steps of an action ended.</summary>
/// <param name="ExitCode">Of the step that failed; 0 where none did.</param>
/// <param name="Log">What the steps wrote.</param>
/// <param name="Summary">What they wrote for the summary of the job.</param>
internal sealed record ActionRun(
    int ExitCode, string Log, string Summary, IReadOnlyDictionary<string, string> Outputs);
