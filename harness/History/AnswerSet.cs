namespace Harness.History;

/// <summary>A set of answers that any number of results may share.</summary>
public sealed record AnswerSet(long Id, int Pass, int Fail, int Skip, int Error, int Flaky);
