using Harness.Probes;

namespace Harness.Runs;

/// <summary>A probe, and the programs that it asks with.</summary>
public sealed record PreparedProbe(Probe Probe, ProbePrograms Programs);
