namespace Harness.Vm;

/// <summary>One start of a VM, and how it ended.</summary>
/// <param name="WasReady">The guest said that it waits for its orders.</param>
/// <param name="WasAsked">The guest had read the orders of this VM: what happens after that is its own doing.</param>
/// <param name="Problem">Why it was not saved or restored; <c>null</c> when it was, or when that was not tried.</param>
internal sealed record VmBoot(VmEnd End, bool WasReady = false, bool WasAsked = false, string? Problem = null);
