namespace Harness.Matrix;

/// <summary>A matrix that passed validation.</summary>
/// <param name="Path">The file it was read from.</param>
/// <param name="TimeoutSeconds">One VM, from launch to power-off.</param>
public sealed record MatrixSpec(
    string Path,
    string? Mirror,
    string? SecurityMirror,
    double? TimeoutSeconds,
    IReadOnlyList<KernelEntry> Kernels,
    IReadOnlyList<Expectation> Expectations)
{
    /// <summary>The compilers of the BPF objects; empty for the machine's clang.</summary>
    public IReadOnlyList<AxisValue> Toolchains { get; init; } = [];

    /// <summary>The versions of libbpf, the machine's first; empty for that alone.</summary>
    public IReadOnlyList<AxisValue> Libbpf { get; init; } = [];

    /// <summary>Whether so many seconds make sense for one VM; neither "not a number" nor infinity does.</summary>
    public static bool IsTimeout(double seconds) => seconds is > 0 and <= 86_400;
}

/// <summary>One entry under <c>kernels</c>.</summary>
/// <param name="At">Where it stands, as <c>file:line:column</c>.</param>
public abstract record KernelEntry(string At)
{
    /// <summary>The kernel ids that the matrix itself gives, each with its place; a rule gives none.</summary>
    public virtual IEnumerable<(string At, string Id)> Named => [];
}

public sealed record DebianEntry(string At, DebianRule Rule) : KernelEntry(At);

/// <param name="File">The image's path, made absolute.</param>
/// <param name="Id">The kernel's id in results.</param>
public sealed record ImageEntry(string At, string Id, string File, KernelVersion? Version) : KernelEntry(At)
{
    public override IEnumerable<(string At, string Id)> Named => [(At, Id)];
}

/// <param name="Repository">Made absolute.</param>
/// <param name="Revisions">What git takes as a revision, each with its place and the kernel's id.</param>
public sealed record GitEntry(string At, string Repository, IReadOnlyList<GitRevision> Revisions, Kernels.Git.BuildSettings Build) : KernelEntry(At)
{
    public override IEnumerable<(string At, string Id)> Named => Revisions.Select(r => (r.At, r.Id));
}

/// <summary>One revision of a <see cref="GitEntry"/>.</summary>
public sealed record GitRevision(string At, string Id, string Revision);
