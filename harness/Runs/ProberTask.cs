using Harness.Probes;

namespace Harness.Runs;

/// <summary>A program that asks, and the cases that it is asked to run, in its own order.</summary>
public sealed record ProberTask(NativeProgram Prober, IReadOnlyList<ProbeCase> Cases);
