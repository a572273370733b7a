namespace Harness.Kernels.Oci;

/// <summary>A kernel in an image of containers.</summary>
/// <param name="Path">The kernel's image in it; <c>null</c> where there is only one.</param>
/// <param name="Policy">Which signatures count, containers-policy.json(5), an absolute path; <c>null</c> for the
/// machine's own.</param>
/// <param name="Arch">As <c>uname -m</c> says.</param>
public sealed record OciPlace(OciReference Reference, Glob? Path, string? Policy, string Arch)
{
    /// <summary>The digest that a lock pins, <c>sha256:…</c>; <c>null</c> takes what is there.</summary>
    public string? Digest { get; init; }
}
