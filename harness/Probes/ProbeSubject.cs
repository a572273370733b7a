namespace Harness.Probes;

/// <summary>One thing that a user hands to a probe, such as a file. A probe that takes some derives its own.</summary>
/// <param name="At">Where it was named: <c>file:line:column</c>, or the option with its value.</param>
/// <param name="IdStart">
/// What the ids of its cases begin with, in whole parts: <c>layer.NAME</c>. Of a run's subjects that have the same, the
/// second and further ones get <c>-2</c>, <c>-3</c>, … at its end.
/// </param>
public abstract record ProbeSubject(string At, string IdStart)
{
    /// <summary>What its author foresees of its cases.</summary>
    public virtual IReadOnlyList<Foresight> Foreseen => [];

    /// <summary>Lines of .config that a kernel which is built must have for it, beside the probe's.</summary>
    public virtual IReadOnlyList<string> KernelOptions => [];

    /// <summary>The files of this machine that were named with it, absolute.</summary>
    public virtual IReadOnlyList<string> HostFiles => [];

    /// <summary>The pattern of all its cases.</summary>
    public Glob AllCases => new($"{{{IdStart},{IdStart}.*}}");
}
