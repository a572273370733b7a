using System.Text.RegularExpressions;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>What kernels from 5.10 to 7.3 say when something is wrong with them, by how the message begins.</summary>
internal static partial class ComplaintPatterns
{
    /// <summary>The most specific first. A text that merely quotes such words is none.</summary>
    private static readonly (ComplaintKind Kind, Regex Begins)[] _kinds =
    [
        (ComplaintKind.Kasan, Kasan()), (ComplaintKind.Kmsan, Kmsan()), (ComplaintKind.Kcsan, Kcsan()),
        (ComplaintKind.Ubsan, Ubsan()), (ComplaintKind.Lockdep, Lockdep()), (ComplaintKind.RcuStall, RcuStall()),
        (ComplaintKind.HungTask, HungTask()), (ComplaintKind.Lockup, Lockup()), (ComplaintKind.MemoryLeak, Leak()),
        (ComplaintKind.Warning, Warning()), (ComplaintKind.Bug, Bug()),
    ];

    /// <summary>What sort of complaint the message is; <c>null</c> if it is none.</summary>
    /// <param name="text">The message without its time.</param>
    public static ComplaintKind? KindOf(string text)
    {
        foreach (var (kind, begins) in _kinds)
        {
            if (begins.IsMatch(text))
            {
                return kind;
            }
        }
        return ConsoleText.LinesLeftOut(text) is null ? null : ComplaintKind.Unread;
    }

    [GeneratedRegex("^BUG: (KASAN|KFENCE): ", RegexOptions.CultureInvariant)]
    private static partial Regex Kasan();

    [GeneratedRegex("^BUG: KMSAN: ", RegexOptions.CultureInvariant)]
    private static partial Regex Kmsan();

    [GeneratedRegex("^BUG: KCSAN: ", RegexOptions.CultureInvariant)]
    private static partial Regex Kcsan();

    [GeneratedRegex("^UBSAN: ", RegexOptions.CultureInvariant)]
    private static partial Regex Ubsan();

    // kernel/locking/lockdep.c, v5.10 to v7.3.
    [GeneratedRegex(
        "^(WARNING: (possible (circular locking|recursive locking|irq lock inversion)|inconsistent lock state"
        + "|suspicious RCU usage|bad unlock balance|bad contention|held lock freed|lock held when returning"
        + "|Nested lock was not taken|\\S+-safe -> \\S+-unsafe lock order)"
        + "|(WARNING|BUG): .* lock held |INFO: trying to register non-static key"
        + "|DEBUG_LOCKS_WARN_ON|BUG: (MAX_LOCK\\S+|MAX_STACK_TRACE_ENTRIES) too low)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Lockdep();

    [GeneratedRegex(
        @"^(rcu: )?INFO: (rcu\S* (self-detected stall|detected (expedited )?stall)|rcu_tasks\S* detected stalls)"
        + @"|^rcu: rcu\S* kthread (starved|timer wakeup didn't happen)",
        RegexOptions.CultureInvariant)]
    private static partial Regex RcuStall();

    [GeneratedRegex(@"^INFO: task .* blocked (for|in|on) ", RegexOptions.CultureInvariant)]
    private static partial Regex HungTask();

    [GeneratedRegex(
        "^(watchdog: )?(BUG: (soft|workqueue) lockup|(CPU\\S+: )?Watchdog detected hard LOCKUP)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Lockup();

    [GeneratedRegex(@"^(kmemleak: \d+ new suspected memory leaks|unregister_netdevice: waiting for )",
        RegexOptions.CultureInvariant)]
    private static partial Regex Leak();

    // WARN() says where it stands, before or after what it has to say; a refcount and a list say that by themselves.
    // What a change of kernel.unprivileged_bpf_disabled makes of the CPU's leaks is no news of this kernel
    // (unpriv_ebpf_notify() in the kernel's arch/).
    [GeneratedRegex(
        "^(WARNING: (?!Unprivileged eBPF is enabled)|refcount_t: |list_(add|del) corruption)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Warning();

    // "BUG kmalloc-64 (Not tainted): Redzone overwritten" is from mm/slub.c.
    [GeneratedRegex(@"^(BUG: |BUG \S+ \([^)]*\): )", RegexOptions.CultureInvariant)]
    private static partial Regex Bug();
}
