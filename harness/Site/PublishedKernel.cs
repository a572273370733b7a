using Harness.Results;
using Harness.Story;

namespace Harness.Site;

/// <summary>What the pages say of a kernel.</summary>
/// <param name="Line">Whose kernel it is; <c>null</c> where the document does not say.</param>
/// <param name="Console">The console's log, as the document names it; <c>null</c> when there is none.</param>
internal sealed record PublishedKernel(
    string Id, string? Version, string Arch, string? Line, KernelStatus Status, bool AsExpected, string? Reason,
    CaseTally Tally, int Unexpected, string? Console)
{
    /// <summary>The report of the boot that the console is of, relative to the run directory.</summary>
    public string? Ktap => Console?.Split('/') is ["console", var name] ? $"ktap/{Path.ChangeExtension(name, ".ktap")}"
        : null;
}
