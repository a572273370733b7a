using System.Text.Json.Serialization;

namespace Harness.Vm;

/// <summary>What QEMU is kept from, so that a guest that takes it over gains little.</summary>
/// <param name="Sandbox">QEMU filters its own system calls (seccomp(2)).</param>
/// <param name="Setpriv">QEMU loses rights through setpriv(1).</param>
/// <param name="Reasons">Why something of that is left out, one sentence each.</param>
internal sealed record Confinement(bool Sandbox, bool Setpriv, IReadOnlyList<string> Reasons)
{
    public static Confinement Full { get; } = new(Sandbox: true, Setpriv: true, []);
}

/// <summary>A confinement under which a Linux kernel came to its report.</summary>
/// <param name="BootId">The host's boot (/proc/sys/kernel/random/boot_id): a reboot asks again.</param>
/// <param name="Qemu">The harness's user and what QEMU answered to <c>--version</c>: others ask again.</param>
internal sealed record ConfinementProof(string BootId, string Qemu, Confinement Confinement);

[JsonSerializable(typeof(ConfinementProof))]
internal sealed partial class ConfinementJson : JsonSerializerContext;
