namespace Harness.Kernels;

/// <summary>What an image was taken from.</summary>
/// <param name="PackageSha256">Lower-case hex.</param>
public sealed record ImageOrigin(string Package, string Version, string PackageSha256, string PathInPackage);
