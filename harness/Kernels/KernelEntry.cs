namespace Harness.Kernels;

/// <summary>An entry of a matrix that passed validation: one or more kernels of one source.</summary>
/// <param name="At">Where it stands, as <c>file:line:column</c>.</param>
public abstract record KernelEntry(string At)
{
    /// <summary>Whose kernels they are, where the entry says that beside its source's key.</summary>
    public string? Line { get; init; }

    /// <summary>The kernel ids that the entry itself gives, each with its place; a rule gives none.</summary>
    public virtual IEnumerable<(string At, string Id)> Named => [];
}
