namespace Harness.Vm;

/// <summary>What waiting-guest.py is told of a guest that waits for its orders.</summary>
/// <param name="Memory">The guest's memory, in bytes.</param>
/// <param name="Orders">The text that the guest reads.</param>
/// <param name="Guest">The file with its programs.</param>
/// <param name="Go">The command of QEMU's monitor that makes the guest read its orders.</param>
/// <param name="Snapshot">The directory that it is restored from; <c>null</c> when it is booted.</param>
/// <param name="Chunks"><see cref="Vm.Snapshot.Chunks"/>.</param>
/// <param name="Checksum"><see cref="Vm.Snapshot.Checksum"/>.</param>
/// <param name="Console">The file that the guest's console is written to.</param>
internal sealed record WaitingRequest(
    long Memory, string Orders, string Guest, string Go, string? Snapshot, IReadOnlyList<int>? Chunks, uint? Checksum,
    string Console);
