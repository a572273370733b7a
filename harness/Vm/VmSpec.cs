using Harness.Machines;

namespace Harness.Vm;

/// <summary>One VM to launch: an immutable value that says everything about it.</summary>
/// <param name="Machine">What the kernel boots on.</param>
/// <param name="Image">The kernel image.</param>
/// <param name="Initramfs">The guest's initramfs, with its init and probes.</param>
/// <param name="ConsoleFile">Where the kernel's console goes.</param>
/// <param name="ChannelFile">Where the prober's channel goes: the guest's debug port, or its second console.</param>
/// <param name="WorkDirectory">
/// The VM's own directory: its temporary files, and the empty root that virtme-ng insists on exporting.
/// </param>
/// <param name="Nonce">Comes back in the report, so that another VM's is never taken for this one's.</param>
/// <param name="CaseGlobs">The cases to run, as fnmatch(3) patterns; empty for all.</param>
/// <param name="Deadline">From launch to power-off.</param>
/// <param name="Lean">
/// With what only saves time: <see cref="KernelParameters.Lean"/>, the machine's debug port, CPU features of its own.
/// </param>
/// <param name="Shuffle">Runs the cases in an order made from this number; <c>null</c> for the table's.</param>
/// <param name="MemoryMiB">The guest's memory, in MiB.</param>
/// <param name="Version">The kernel's; <c>null</c> where it is not known.</param>
public sealed record VmSpec(
    Machine Machine,
    string Image,
    string Initramfs,
    string ConsoleFile,
    string ChannelFile,
    string WorkDirectory,
    Accelerator Accelerator,
    string Nonce,
    IReadOnlyList<string> CaseGlobs,
    TimeSpan Deadline,
    bool Lean = true,
    uint? Shuffle = null,
    int MemoryMiB = VmSpec.DefaultMemoryMiB,
    KernelVersion? Version = null)
{
    /// <summary>
    /// Enough for the largest Debian image to unpack itself (256 MiB do, measured on 5.10 to 7.3), and for the page
    /// tables of a dozen arenas, 8 MiB each, that the kernel has not taken back yet.
    /// </summary>
    public const int DefaultMemoryMiB = 384;

    /// <summary>The guest is there for these cases alone, which may kill its kernel.</summary>
    public bool Alone { get; init; }

    /// <summary>The guest's CPUs.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>How many probes the guest holds, each of which ends a report of its own.</summary>
    public int Reports { get; init; } = 1;

    /// <summary>How long one program may take before init ends it; <c>null</c> for as long as the VM has.</summary>
    public TimeSpan? ProgramDeadline { get; init; }

    /// <summary>How much the guest may write to this machine; past it, the VM is ended.</summary>
    public OutputLimits Limits { get; init; } = OutputLimits.Default;

    /// <summary>Parts of the kernel that no probe of this boot uses; a lean boot leaves them out.</summary>
    public IReadOnlySet<KernelArea> DoesWithout { get; init; } = new HashSet<KernelArea>();

    /// <summary>What a guest cannot leave out to find the device with this machine's files, and load modules for it.
    /// </summary>
    public static IReadOnlyList<KernelArea> NeededToShare { get; } =
    [
        KernelArea.Acpi, KernelArea.Pci, KernelArea.CpuTimer, KernelArea.FileSystems, KernelArea.Certificates,
    ];

    /// <summary>What a guest cannot leave out to find and start a second CPU.</summary>
    public static IReadOnlyList<KernelArea> NeededBySeveralCpus { get; } = [KernelArea.Acpi, KernelArea.CpuTimer];

    /// <summary>The least memory that its machine has and that is enough, in MiB.</summary>
    public int MachineMemoryMiB =>
        (MemoryMiB + Machine.MemoryStepMiB - 1) / Machine.MemoryStepMiB * Machine.MemoryStepMiB;

    /// <summary>
    /// The guest is offered this machine's files, as far as the harness's user may read them, by the tag
    /// <see cref="VirtmeArguments.HostTag"/>.
    /// </summary>
    public bool SharesHost { get; init; }

    /// <summary>
    /// How this guest may be started to be saved, or what it can be restored from; <c>null</c> for one that boots with
    /// its programs.
    /// </summary>
    public WaitingStart? Waiting { get; init; }

    /// <summary>The root that the guest is offered: an empty directory, read-only.</summary>
    public string RootDirectory => Path.Combine(WorkDirectory, "root");

    /// <summary>Programs that the launcher finds before the machine's.</summary>
    public string ProgramDirectory => Path.Combine(WorkDirectory, "bin");
}
