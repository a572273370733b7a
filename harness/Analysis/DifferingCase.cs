namespace Harness.Analysis;

/// <summary>What kernels of one version answered to a case on each machine, or in each line.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Answers">In words, by the name of the machine or line.</param>
public sealed record DifferingCase(string Case, string Version, IReadOnlyDictionary<string, string> Answers);
