namespace Harness.History;

/// <summary>What one prober was answered.</summary>
public sealed record ProbedAnswers(string Prober, AnswerSet Set);
