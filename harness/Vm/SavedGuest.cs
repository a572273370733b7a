namespace Harness.Vm;

/// <summary>What waiting-guest.py says of a guest that it has saved.</summary>
/// <param name="Chunks"><see cref="Snapshot.Chunks"/>.</param>
/// <param name="Checksum"><see cref="Snapshot.Checksum"/>.</param>
/// <param name="Console">How many bytes the guest's console had then.</param>
internal sealed record SavedGuest(IReadOnlyList<int> Chunks, uint Checksum, long Console);
