namespace Harness.Kernels;

/// <summary>A kernel that a lock pins. Each source adds what it needs to find that very kernel again.</summary>
/// <param name="Arch">As <c>uname -m</c> says.</param>
public abstract record LockedKernel(string Id, KernelVersion? Version, string Arch)
{
    /// <summary>Where in the lock it stands, as <c>file:line:column</c>; its id until it is read from a file.</summary>
    public string At { get; init; } = Id;

    /// <summary>Whose kernel it is, where the matrix says that and not the source.</summary>
    public string? Line { get; init; }
}
