namespace Harness.Runs;

/// <summary>The guests of a run for the kernels of one machine.</summary>
/// <param name="All">In the order of the plan's tasks; empty when there is a problem.</param>
/// <param name="Problem">Why they cannot be made; <c>null</c> when they are.</param>
public sealed record MachineGuests(IReadOnlyList<ProgramGuest> All, string? Problem = null);
