using Harness.Results;

namespace Harness.Analysis;

/// <summary>A kernel that took another's place, with what it answers otherwise.</summary>
/// <param name="Title">The same in a sentence.</param>
public sealed record ReplacedKernel(KernelReplacement Kernels, string Title, IReadOnlyList<ChangeSection> Sections);
