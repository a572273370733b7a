namespace Harness.Tests.Architecture;

/// <summary>One file that uses a room which the table does not allow, and why it may.</summary>
/// <param name="File">Its path below <c>harness/</c>.</param>
/// <param name="Room">The room that it uses.</param>
internal sealed record RoomException(string File, string Room, string Why);
