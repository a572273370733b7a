namespace Harness.Reports;

/// <summary>What a case shows to be wrong with kernels, as KCIDB has it: an issue and its incidents.</summary>
/// <param name="Id">Without the origin.</param>
/// <param name="Version">The highest counts; it grows with time.</param>
/// <param name="Subject">Of a report about it.</param>
/// <param name="Comment">What is known, in a sentence.</param>
/// <param name="Case">The case's id.</param>
/// <param name="Kernels">Ids of the run's kernels that have it; the others were shown not to.</param>
/// <param name="Facts">What the format has no member for; values that are not known are left out.</param>
public sealed record KcidbIssue(
    string Id, int Version, string Subject, string Comment, string Case, IReadOnlySet<string> Kernels,
    IReadOnlyDictionary<string, string?> Facts);
