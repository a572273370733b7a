namespace Harness.Bisection;

/// <summary>What is remembered of one image and one prober.</summary>
public sealed record RememberedKernel(
    VerdictKey Key, string? Release, string Arch, SortedDictionary<string, RememberedCase> Cases);
