namespace Harness.Results;

/// <summary>One of two runs held against each other.</summary>
public sealed record ComparedRun(string Id, DateTimeOffset StartedAt);
