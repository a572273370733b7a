using System.Globalization;

namespace Harness.Machines;

/// <summary>
/// The kernel's command line in every guest, except for the console and for what the guest's init reads. Parameters
/// that only one machine understands are in its <see cref="Machine"/>.
/// </summary>
public static class KernelParameters
{
    /// <summary>For every boot, also for one as the kernel's vendor ships it.</summary>
    public static IReadOnlyList<KernelParameter> Common { get; } =
    [
        new("loglevel=4", "errors reach the console; a line for every driver would only cost time"),
        new("printk.time=1", "tells the kernel's lines on the console from those of programs, and says when each was "
            + "written, whatever the kernel's configuration"),
        new("panic=-1", "a panic resets at once, and QEMU ends, as it does not reboot"),
        new("oops=panic", "an oops while probing ends the VM; a half-dead kernel is not measured"),
        new("nokaslr", "there is nothing to hide, and random placement costs time"),
        new("rcupdate.rcu_expedited=1", "removing a map waits for RCU grace periods, which are most of the probing "
            + "otherwise"),
    ];

    /// <summary>
    /// These shorten the boot. A kernel that does not boot with them is booted again without (as <c>run --plain</c>
    /// boots from the start). That verdicts are the same with and without is tested on each series.
    /// </summary>
    public static IReadOnlyList<KernelParameter> Lean { get; } =
    [
        new("random.trust_cpu=on", "the CPU's random numbers are used from the first on, whatever an older kernel's "
            + "configuration says", KernelArea.RandomQuality),
        new("cryptomgr.notests", "the self-tests of ciphers take 0.4 to 1.1 s under emulation: 830 "
            + "million instructions on 6.1, 1,640 on 7.2", KernelArea.CipherTests),
    ];

    /// <summary>The parameters of a guest, in the order in which they stand on its command line.</summary>
    /// <param name="lean">With what only saves time.</param>
    /// <param name="doesWithout">What every probe of the boot does without.</param>
    /// <param name="cpus">
    /// The guest's CPUs. Of several, the kernel is told the number, so that whatever is remembered or compared by a
    /// guest's parameters tells such guests apart.
    /// </param>
    public static IEnumerable<string> For(
        Machine machine, Accelerator accelerator, bool lean, IReadOnlySet<KernelArea> doesWithout, int cpus)
    {
        var emulated = accelerator == Accelerator.Tcg;
        return Common
            .Concat(emulated ? machine.EmulatedParameters : [])
            .Concat(lean ? Lean : [])
            .Concat(lean ? Initcalls.Blacklist(doesWithout) : [])
            .Concat(lean && emulated ? machine.LeanEmulatedParameters : [])
            .Where(parameter => parameter.IsAllowed(doesWithout))
            .Select(parameter => parameter.Text)
            .Concat(cpus > 1 ? [string.Create(CultureInfo.InvariantCulture, $"nr_cpus={cpus}")] : []);
    }
}
