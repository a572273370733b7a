namespace Harness.Machines;

/// <summary>One parameter of the kernel's command line.</summary>
/// <param name="Text">As the kernel reads it; without blanks.</param>
/// <param name="Reason">Why guests get it.</param>
/// <param name="Area">What the parameter switches off or weakens; <c>null</c> when no probe can notice it.</param>
public sealed record KernelParameter(string Text, string Reason, KernelArea? Area = null)
{
    /// <summary>Whether a guest may have the parameter when its probes do without some areas.</summary>
    public bool IsAllowed(IReadOnlySet<KernelArea> doesWithout) => Area is not { } area || doesWithout.Contains(area);
}
