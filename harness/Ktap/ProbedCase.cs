using System.Collections.ObjectModel;

namespace Harness.Ktap;

/// <summary>The prober's answer to one case, in the prober's own words.</summary>
/// <param name="Number">Its place in the prober's plan, counted from 1.</param>
/// <param name="Skipped">The kernel lacks what the case needs.</param>
/// <param name="Want"><c>accept</c> or <c>reject</c>.</param>
/// <param name="Outcome"><c>accept</c>, <c>reject</c>, or <c>null</c> when the case gave no verdict.</param>
/// <param name="Step">The step that answered with an error, else <c>null</c>.</param>
/// <param name="Errno">Its name, <c>EINVAL</c>; the number where libc and the kernel have none.</param>
public sealed record ProbedCase(
    int Number,
    string Id,
    bool Ok,
    bool Skipped,
    string Want,
    string? Outcome,
    string? Step,
    string? Errno,
    string? Reason)
{
    /// <summary>The telling lines of what was said about the case, as its probe chose them; else <c>null</c>.</summary>
    public string? Evidence { get; init; }

    /// <summary>What was counted while the case was asked, by name; empty where nothing was.</summary>
    public IReadOnlyDictionary<string, long> Numbers { get; init; } = ReadOnlyDictionary<string, long>.Empty;

    /// <summary>
    /// What is left of it may kill the kernel, so the prober wants it to be asked in a boot of its own; it has no
    /// verdict here.
    /// </summary>
    public bool Alone { get; init; }

    /// <summary>When it was asked; <c>null</c> where the program does not say.</summary>
    public CaseTime? Time { get; init; }
}
