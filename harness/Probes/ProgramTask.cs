namespace Harness.Probes;

/// <summary>A program, and the cases that it is asked to run, in its own order.</summary>
public sealed record ProgramTask(NativeProgram Program, IReadOnlyList<ProbeCase> Cases)
{
    /// <summary>
    /// The matrix chose among the program's cases, so that the guest needs their list: the command line of a kernel has
    /// no room for it.
    /// </summary>
    public bool IsNarrowed { get; init; }

    /// <summary>Whether a case that the answer of one of these holds is asked for, by its id.</summary>
    public Func<string, bool> Keeps { get; init; } = _ => true;

    /// <summary>Whether a case of the results is one of these, or one that the answer of one of these holds.</summary>
    public bool Covers(string id) => Cases.Any(c => c.Covers(id));
}
