namespace Harness.Analysis;

/// <summary>Cases that changed in the same way on the same kernels, told once.</summary>
/// <param name="What">The change: <c>accepted → rejected at update with EINVAL</c>.</param>
/// <param name="Where">The kernels: <c>6.1.170, 6.1.192</c>.</param>
public sealed record ChangeGroup(string What, string Where, IReadOnlyList<string> Cases);
