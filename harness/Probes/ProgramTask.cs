namespace Harness.Probes;

/// <summary>A program, and the cases that it is asked to run, in its own order.</summary>
public sealed record ProgramTask(NativeProgram Program, IReadOnlyList<ProbeCase> Cases);
