namespace Harness.History;

/// <summary>A set of answers, with the number of cases of each status. Any number of results may share one.</summary>
public sealed record AnswerSet(long Id, int Pass, int Fail, int Skip, int Error, int Flaky);
