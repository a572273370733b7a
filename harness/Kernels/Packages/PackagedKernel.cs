namespace Harness.Kernels.Packages;

/// <summary>The packages of one kernel.</summary>
/// <param name="Arch">The kernel's architecture, as <c>uname -m</c> says.</param>
/// <param name="Image">The package that holds the image.</param>
/// <param name="Beside">Packages that hold its modules or its configuration, where the first one does not.</param>
/// <param name="Nowhere">Why a package has no address.</param>
public sealed record PackagedKernel(
    string Arch, PackageFile Image, IReadOnlyList<PackageFile> Beside, string Nowhere = "no address is known for it");
