namespace Harness.Probes.InnerMaps;

/// <summary>A compiler of BPF objects, and what it made of them.</summary>
/// <param name="Name"><c>clang-14</c>, as in case ids.</param>
/// <param name="Version">
/// <c>14.0.6</c>; <c>null</c> when the prober was built with a compiler that this machine does not have.
/// </param>
public sealed record ToolchainInfo(string Name, string? Version, IReadOnlyList<ObjectInfo> Objects);
