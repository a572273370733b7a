namespace Harness.Kernels;

/// <summary>A file that QEMU can boot.</summary>
/// <param name="Path">The image as its vendor ships it (a bzImage).</param>
/// <param name="Sha256">Of that file, lower-case hex.</param>
/// <param name="Vmlinux">
/// The kernel unpacked from it, which boots faster; <c>null</c> when only the image itself can be booted.
/// </param>
public sealed record BootImage(string Path, string Sha256, string? Vmlinux = null)
{
    /// <summary>The path of another file in its directory.</summary>
    public string Beside(string name) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name);
}
