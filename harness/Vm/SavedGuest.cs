namespace Harness.Vm;

/// <summary>What waiting-guest.py says of a guest that it has saved.</summary>
internal sealed record SavedGuest(IReadOnlyList<int> Chunks, uint Checksum);
