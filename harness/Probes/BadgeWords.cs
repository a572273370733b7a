namespace Harness.Probes;

/// <summary>What a probe's badge shows.</summary>
/// <param name="Label">Its left half: <c>struct inner maps</c>.</param>
/// <param name="Cases">A kernel works where each of these cases passes that gave a verdict.</param>
public sealed record BadgeWords(string Label, Glob Cases);
