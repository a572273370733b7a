using Harness.Kernels.Archives;

namespace Harness.Kernels.Debian;

/// <summary>The kernel packages of some suites.</summary>
/// <param name="Packages">In the order of the suites asked for.</param>
/// <param name="Notes">What a reader should know of the suites: left out, not refreshed, past its validity.</param>
public sealed record ArchiveIndex(IReadOnlyList<DebianPackage> Packages, IReadOnlyList<ArchiveNote> Notes);
