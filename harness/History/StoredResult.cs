using Harness.Results;

namespace Harness.History;

/// <summary>One kernel in one run.</summary>
/// <param name="Image">Its sha256; <c>null</c> when it was not to be had.</param>
/// <param name="Unexpected">Cases that are not as expected.</param>
public sealed record StoredResult(string Kernel, string? Version, string Arch, string? Image, KernelStatus Status, int Unexpected, IReadOnlyList<ProbedAnswers> Answers);
