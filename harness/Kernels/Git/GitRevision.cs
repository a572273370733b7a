namespace Harness.Kernels.Git;

/// <summary>One revision of a <see cref="GitEntry"/>.</summary>
/// <param name="At">Where it stands, as <c>file:line:column</c>.</param>
/// <param name="Id">The kernel's.</param>
/// <param name="Revision">What git takes as a revision.</param>
public sealed record GitRevision(string At, string Id, string Revision);
