using Harness.Machines;

namespace Harness.Kernels;

/// <summary>A kernel that a matrix selected: what it is and where its image can be had. Nothing is downloaded yet.</summary>
/// <param name="Id">Unique in a run: <c>debian-6.1.192-2-cloud-amd64</c>, or the name given in the matrix.</param>
/// <param name="Version">The upstream version; <c>null</c> for an image that does not say, until it has booted.</param>
/// <param name="Arch">As <c>uname -m</c> says: <c>x86_64</c>.</param>
/// <param name="Description">Where it comes from, in words, for reports: <c>debian bookworm-security linux-image-…</c>.</param>
/// <param name="ByName">Asked for by name rather than chosen by a rule: then its absence is an error (exit code 3).</param>
/// <param name="DownloadSize">Bytes to download when it is not in the cache; <c>null</c> for a local image or a commit.</param>
/// <param name="Note">What a reader should know of the choice, such as which kernel this one stands in for.</param>
public sealed record Kernel(
    string Id,
    KernelVersion? Version,
    string Arch,
    string Description,
    IKernelSource Source,
    bool ByName = false,
    long? DownloadSize = null,
    string? Note = null)
{
    /// <summary>What it boots on.</summary>
    /// <exception cref="ArgumentException">No machine is known for its architecture: it has no image that boots.</exception>
    public Machine Machine => MachineList.Get(Arch);

    /// <summary>Of a commit: kernels of one version, as commits between two releases are, are in its order.</summary>
    public DateTimeOffset? CommittedAt { get; init; }
}

/// <summary>Where an image comes from: the Debian archive, a file, or a commit.</summary>
public interface IKernelSource
{
    /// <summary>Whether the image is here already, so that a run would download nothing for it.</summary>
    bool IsCached { get; }

    /// <summary>Whether an image that is not here is built, which takes minutes, rather than downloaded.</summary>
    bool Builds => false;

    /// <summary>Gets the image, verified, from the cache or from where it lies.</summary>
    /// <param name="received">Told the bytes downloaded so far.</param>
    Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation);
}

/// <summary>A file that QEMU can boot.</summary>
/// <param name="Path">The image as its vendor ships it (a bzImage).</param>
/// <param name="Sha256">Of that file, lower-case hex.</param>
/// <param name="Vmlinux">The kernel unpacked from it, which boots faster; <c>null</c> when only the image itself can be booted.</param>
public sealed record BootImage(string Path, string Sha256, string? Vmlinux = null);

/// <summary>What became of the attempt to get an image: failure here is data of the kernel's row.</summary>
public abstract record ImageResult
{
    private ImageResult()
    {
    }

    /// <param name="FromCache">Nothing was downloaded for it.</param>
    public sealed record Available(BootImage Image, bool FromCache) : ImageResult;

    /// <summary>The image cannot be had, or fails verification.</summary>
    /// <param name="NotServed">The archive lists it and does not serve it (HTTP 404 or 410): another version may stand in.</param>
    public sealed record Unavailable(string Reason, bool NotServed = false) : ImageResult;

    /// <summary>Our side failed: no space, a missing tool.</summary>
    public sealed record Failed(string Reason) : ImageResult;
}
