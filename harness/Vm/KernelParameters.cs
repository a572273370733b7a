namespace Harness.Vm;

/// <summary>One kernel command-line parameter and why it is there.</summary>
public sealed record KernelParameter(string Text, string Reason);

/// <summary>
/// The kernel command line of every guest, besides its console and the prober's own parameters. None of these changes what is measured: how map-in-map updates are
/// checked depends on no boot parameter.
/// </summary>
public static class KernelParameters
{
    public static IReadOnlyList<KernelParameter> Common { get; } =
    [
        new("loglevel=4", "errors reach the console; a line for every driver would only cost time"),
        new("panic=-1", "a panic resets at once, and QEMU ends, as it does not reboot"),
        new("oops=panic", "an oops while probing ends the VM instead of leaving a half-dead kernel to be measured"),
        new("nokaslr", "nothing to hide, and random placement costs time"),
        new("rcupdate.rcu_expedited=1", "freeing map-in-maps waits for RCU grace periods, which are most of the probing time otherwise"),
    ];

    /// <summary>Only under emulation, where the guest's clocks are calibrated against a busy host.</summary>
    public static IReadOnlyList<KernelParameter> Emulated { get; } =
    [
        new("tsc=reliable", "no clocksource watchdog: emulated TSC and timers drift apart under load"),
        new("no_timer_check", "the timer interrupt check busy-waits and can fail under load"),
    ];

    /// <summary>
    /// Cuts work out of the boot that no map has to do with. A kernel that does not boot so is booted again without
    /// (as <c>run --plain</c> boots from the start); that verdicts are the same with and without is tested on each series.
    /// </summary>
    public static IReadOnlyList<KernelParameter> Lean { get; } =
    [
        new("random.trust_cpu=on", "the CPU's random numbers will do from the first on; older kernels' configuration may say otherwise"),
        new("cryptomgr.notests", "the self-tests of ciphers take 0.4 to 1.1 s under emulation, and a map needs no cipher"),
        new($"initcall_blacklist={string.Join(',', Initcalls.LeftOut.Select(i => i.Name))}", "initialization that no map has to do with, each with its reason in Initcalls"),
    ];

    /// <summary>Of <see cref="Lean"/>, what only pays under emulation.</summary>
    public static IReadOnlyList<KernelParameter> LeanEmulated { get; } =
    [
        new("acpi=off", "interpreting the tables takes 0.3 s under emulation; the few devices are found without"),
        new("pci=off", "the guest's devices are two serial ports and a debug console; looking for others at each place of a bus takes time"),
        new("nolapic", "measuring the local APIC's timer takes 0.1 to 0.2 s; the PIT ticks as well"),
        new("rodata=off", "looking through all page tables for pages that can be written and executed takes 136 million instructions on 7.2"),
        new("noreplace-smp", "rewriting every lock for one CPU takes longer than the locks do"),
    ];

    public static IEnumerable<string> For(Accelerator accelerator, bool lean)
    {
        var emulated = accelerator == Accelerator.Tcg;
        return Common
            .Concat(emulated ? Emulated : [])
            .Concat(lean ? Lean : [])
            .Concat(lean && emulated ? LeanEmulated : [])
            .Select(p => p.Text);
    }
}
