using Harness.Results;

namespace Harness.Probes.Libbpf;

/// <summary>A case that one libbpf answers in one way and the next newer one in another, on the same kernel.</summary>
/// <param name="Case">The id, without a libbpf.</param>
public sealed record LibbpfChange(string Case, string KernelId, CaseResult Older, CaseResult Newer);
