namespace Harness.Probes.Libbpf;

/// <summary>One value of an axis of the matrix.</summary>
/// <param name="At">Where it stands, as <c>file:line:column</c>.</param>
public sealed record AxisValue(string At, string Name);
