namespace Harness.Probes.InnerMaps;

/// <summary>A BPF object as a compiler left it; an incomplete one opens on no kernel.</summary>
/// <param name="Problem">What is missing in its BTF: <c>struct foo is a FWD</c>.</param>
public sealed record ObjectInfo(string Name, bool Complete, string? Problem);
