namespace Harness.History;

/// <summary>A case's answer in a set of answers, by the store's own numbers.</summary>
public readonly record struct StoredAnswer(long Case, long Verdict);
