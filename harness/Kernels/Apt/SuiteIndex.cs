using Harness.Kernels.Archives;

namespace Harness.Kernels.Apt;

/// <summary>The wanted packages of a suite.</summary>
/// <param name="Notes">What a reader should know of it: left out, not refreshed, past its validity.</param>
public sealed record SuiteIndex(IReadOnlyList<PackageStanza> Packages, IReadOnlyList<ArchiveNote> Notes);
