namespace Harness.Results;

/// <summary>Which run measured a row that a later run took over without booting the kernel.</summary>
/// <param name="Run">The id of that run.</param>
/// <param name="MeasuredAt">When the kernel was booted there.</param>
public sealed record KnownFrom(string Run, DateTimeOffset MeasuredAt);
