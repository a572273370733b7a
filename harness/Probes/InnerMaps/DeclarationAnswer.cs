namespace Harness.Probes.InnerMaps;

/// <summary>How cases of a declaration went over the versions.</summary>
/// <param name="Which">The libbpf versions or map types that it went so for; empty when it went so for all.</param>
/// <param name="Never">No kernel was asked: the object does not open.</param>
/// <param name="Works">Accepted by every kernel that can be asked.</param>
public sealed record DeclarationAnswer(string InWords, string Which, bool Never, bool Works);
