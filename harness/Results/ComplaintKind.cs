namespace Harness.Results;

/// <summary>What sort of trouble a kernel complained of on its console.</summary>
public enum ComplaintKind
{
    /// <summary>WARN() and its like.</summary>
    Warning,

    /// <summary>BUG: that the kernel survives, such as a bad page state.</summary>
    Bug,

    /// <summary>The address sanitizer, or KFENCE, its sampling kin.</summary>
    Kasan,

    /// <summary>The sanitizer for uninitialised memory.</summary>
    Kmsan,

    /// <summary>The sanitizer for data races.</summary>
    Kcsan,

    /// <summary>The sanitizer for undefined behaviour.</summary>
    Ubsan,

    /// <summary>The lock validator, and its check of RCU's use.</summary>
    Lockdep,

    /// <summary>
    /// A CPU or a task kept RCU waiting. The kernel judges this one and the next two by the clock alone.
    /// </summary>
    RcuStall,

    /// <summary>A task was blocked for too long.</summary>
    HungTask,

    /// <summary>A CPU or a work queue did not get on for too long.</summary>
    Lockup,

    /// <summary>kmemleak found memory that nobody refers to.</summary>
    MemoryLeak,

    /// <summary>The console is longer than what is read of it.</summary>
    Unread,
}
