namespace Harness.Results;

/// <summary>One of two runs that are compared.</summary>
public sealed record ComparedRun(string Id, DateTimeOffset StartedAt);
