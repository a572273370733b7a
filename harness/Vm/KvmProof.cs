using System.Text.Json.Serialization;

namespace Harness.Vm;

/// <summary>Whether KVM works on this machine, as proven by booting a Linux kernel.</summary>
/// <param name="BootId">The host's current boot (/proc/sys/kernel/random/boot_id): a reboot asks again.</param>
/// <param name="Device">Time and permissions of /dev/kvm: another device asks again.</param>
/// <param name="Qemu">What QEMU answered to <c>--version</c>: another QEMU asks again.</param>
/// <param name="Reason">Why it does not work, in one line; <c>null</c> when it does.</param>
public sealed record KvmProof(string BootId, string Device, string Qemu, bool Works, string? Reason);

[JsonSerializable(typeof(KvmProof))]
internal sealed partial class KvmProofJson : JsonSerializerContext;
