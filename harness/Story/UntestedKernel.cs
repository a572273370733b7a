namespace Harness.Story;

/// <summary>A kernel that could not be tested to its end.</summary>
/// <param name="Status">How it ended, in words.</param>
/// <param name="Console">The console's log, relative to the report; <c>null</c> when there is none.</param>
/// <param name="Excerpt">The console's last lines; <c>null</c> when there are none.</param>
public sealed record UntestedKernel(string Id, string Status, string? Reason, string? Console, string? Excerpt);
