namespace Harness.Machines;

/// <summary>One of the kernel's initialization functions.</summary>
/// <param name="Name">The function's, as <c>initcall_debug</c> prints it.</param>
/// <param name="Reason">What it costs a guest, or why a guest needs it not.</param>
/// <param name="Area">What the kernel lacks without it.</param>
public sealed record Initcall(string Name, string Reason, KernelArea Area);
