namespace Harness.Vm;

/// <summary>How a guest comes to its programs.</summary>
internal enum GuestStart
{
    /// <summary>It boots with them, and is told on the kernel's command line what to ask.</summary>
    WithPrograms,

    /// <summary>It boots without them, and waits for orders; then it can be saved.</summary>
    Waiting,

    /// <summary>It is restored from a snapshot, where it waits for orders.</summary>
    Restored,
}
