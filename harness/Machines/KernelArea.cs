namespace Harness.Machines;

/// <summary>
/// A part of the kernel that a guest can leave out to save time. A boot leaves an area out only when every probe of
/// that boot says that it does without it, because a probe that uses the area would measure another kernel.
/// </summary>
public enum KernelArea
{
    /// <summary>ftrace, trace events and the files of tracefs.</summary>
    Tracing,

    /// <summary>
    /// The self-tests of the crypto API: a cipher or hash that is asked for is there without them.
    /// </summary>
    CipherTests,

    /// <summary>The random number generators of the crypto API.</summary>
    CipherRandom,

    /// <summary>Certificates that signatures of modules and firmware are checked against.</summary>
    Certificates,

    /// <summary>System V message queues (sysvipc(7)).</summary>
    SystemVMessages,

    /// <summary>File systems on block devices.</summary>
    FileSystems,

    /// <summary>sched_ext: schedulers written in BPF.</summary>
    SchedExt,

    /// <summary>Files under <c>/sys/module</c> for the parameters of what is built in.</summary>
    ParameterFiles,

    /// <summary>How unpredictable the first random numbers are.</summary>
    RandomQuality,

    /// <summary>ACPI tables and the devices that only they name.</summary>
    Acpi,

    /// <summary>Devices on a PCI bus.</summary>
    Pci,

    /// <summary>The timer and the interrupt controller that belong to each CPU.</summary>
    CpuTimer,

    /// <summary>Write protection of the kernel's own code and constants.</summary>
    PageProtection,
}
