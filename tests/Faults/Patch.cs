namespace Harness.Tests.Faults;

/// <summary>Bytes that stand in a file instead of its own.</summary>
/// <param name="Offset">From the start of the file.</param>
internal sealed record Patch(int Offset, byte[] Bytes);
