namespace Harness.History;

/// <summary>The answers that a kernel gave to one prober.</summary>
public sealed record ProbedAnswers(string Prober, AnswerSet Set);
