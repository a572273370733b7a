using Harness.Machines;

namespace Harness.Kernels;

/// <summary>A kernel image on this machine, used where it lies.</summary>
/// <param name="Sha256">The content that a lock pins, lower-case hex; <c>null</c> takes what is there.</param>
public sealed record LocalImage(string Path, string Arch, string? Sha256 = null) : IImageSource
{
    public bool IsCached => MachineList.ImageProblem(Path, Arch) is null;

    public async Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation)
    {
        if (MachineList.ImageProblem(Path, Arch) is { } problem)
        {
            return new ImageResult.Unavailable(problem);
        }
        try
        {
            var sha256 = await Hashes.Sha256OfFileAsync(Path, cancellation).ConfigureAwait(false);
            return Sha256 is null || Sha256 == sha256
                ? new ImageResult.Available(new BootImage(Path, sha256), FromCache: true)
                : new ImageResult.Unavailable($"{Path} fails verification: its SHA256 is {sha256}, the lock pins {Sha256}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImageResult.Unavailable(e.Message);
        }
    }
}
