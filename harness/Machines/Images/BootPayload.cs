namespace Harness.Machines.Images;

/// <summary>Where in an image the compressed kernel lies, and how it is compressed.</summary>
/// <param name="Offset">In the image, in bytes.</param>
/// <param name="Length">Of the compressed kernel, in bytes.</param>
/// <param name="Size">Of the unpacked kernel, in bytes; <c>null</c> where the image does not say.</param>
public sealed record BootPayload(long Offset, long Length, Compression Compression, uint? Size);
