namespace Harness.Machines.Images;

/// <summary>A kind of file in which a kernel comes.</summary>
public abstract class ImageFormat
{
    /// <summary>
    /// How an error names the format, with the sign that a file of another format lacks:
    /// <c>a bzImage (no HdrS at 0x202)</c>.
    /// </summary>
    public abstract string Name { get; }

    /// <param name="head">The file's first bytes, <see cref="ImageFormats.HeadLength"/> of them.</param>
    public abstract bool Matches(ReadOnlySpan<byte> head);

    /// <summary>Why a file of this kind does not boot, as far as its header tells: the rest of a sentence.</summary>
    /// <returns><c>null</c> when nothing speaks against it: <c>is cut short …</c>.</returns>
    /// <exception cref="IOException">The file cannot be read, or is cut short.</exception>
    public virtual string? Problem(Stream image) => null;

    /// <summary>The text by which the image names its kernel.</summary>
    /// <returns><c>null</c> when images of this kind do not say.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public virtual string? Banner(Stream image) => null;

    /// <summary>The compressed kernel inside of an image.</summary>
    /// <returns><c>null</c> when there is none, or its compression is not known.</returns>
    /// <exception cref="IOException">The file cannot be read, or is cut short.</exception>
    public virtual BootPayload? Payload(Stream image) => null;

    /// <summary>Whether QEMU boots what was unpacked from an image of this kind.</summary>
    public virtual bool BootsUnpacked(string unpacked) => false;
}
