namespace Harness.Vm;

/// <summary>How a VM came to its end.</summary>
public enum VmEnding
{
    /// <summary>QEMU ended by itself: the guest powered off, or it reset, which ends QEMU too.</summary>
    Exited,

    /// <summary>The guest had closed its last report, and the harness ended the VM.</summary>
    Finished,

    /// <summary>The deadline passed; the process tree was killed.</summary>
    Deadline,

    /// <summary>The guest wrote more than it may, and the harness ended the VM.</summary>
    Overflow,

    /// <summary>The launcher could not be started.</summary>
    NotLaunched,
}
