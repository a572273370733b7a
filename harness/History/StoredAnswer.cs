namespace Harness.History;

/// <summary>A case's answer in a set of answers: the store's numbers of both.</summary>
public readonly record struct StoredAnswer(long Case, long Verdict);
