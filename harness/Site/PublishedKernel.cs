using Harness.Results;
using Harness.Story;

namespace Harness.Site;

/// <summary>What the pages say of a kernel.</summary>
/// <param name="Console">The file's name in the run's <c>console/</c>; <c>null</c> when there is none.</param>
internal sealed record PublishedKernel(
    string Id, string? Version, string Arch, KernelStatus Status, bool AsExpected, string? Reason, CaseTally Tally,
    int Unexpected, string? Console);
