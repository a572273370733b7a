namespace Harness.Results;

/// <summary>A BPF object as a compiler left it; an incomplete one opens on no kernel.</summary>
/// <param name="Problem">What is missing in its BTF: <c>struct foo is a FWD</c>.</param>
public sealed record ObjectInfo(string Name, bool Complete, string? Problem);

/// <summary>A compiler of BPF objects, and what it made of them.</summary>
/// <param name="Name"><c>clang-14</c>, as in case ids.</param>
/// <param name="Version"><c>14.0.6</c>; <c>null</c> when the prober was built with one that this machine does not have.</param>
public sealed record ToolchainInfo(string Name, string? Version, IReadOnlyList<ObjectInfo> Objects);

/// <summary>A libbpf, and the prober that it is linked into.</summary>
/// <param name="Name">As the matrix names it: <c>machine</c>, <c>1.5</c>.</param>
/// <param name="Label">The last part of its case ids, <c>libbpf-1-5</c>; <c>null</c> for the first prober, which runs all cases.</param>
/// <param name="Cases">How many cases its prober was asked to run.</param>
public sealed record LibbpfInfo(string Name, string Version, string? Label, string ProberSha256, int Cases);
