namespace Harness.Tests.Ci;

/// <summary>A step of a composite action.</summary>
/// <param name="Run">Its script; <c>null</c> where it uses another action.</param>
/// <param name="Environment">The values as they are written, with expressions.</param>
/// <param name="Text">Everything that it says, in one text.</param>
internal sealed record ActionStep(
    string? Id, string? Condition, string? Run, IReadOnlyDictionary<string, string> Environment, string Text);
