namespace Harness.Kernels;

/// <summary>The file beside a cached image that says what it is.</summary>
/// <param name="Size">The image's size in bytes.</param>
/// <param name="Sha256">The image's hash, lower-case hex.</param>
public sealed record ImageDescription(long Size, string Sha256, ImageOrigin Origin);
