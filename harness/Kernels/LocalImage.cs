using System.Security.Cryptography;

namespace Harness.Kernels;

/// <summary>A kernel image on this machine, used where it lies.</summary>
public sealed record LocalImage(string Path, string Arch) : IKernelSource
{
    public bool IsCached => true;

    public async Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation)
    {
        if (ImageFormat.Problem(Path, Arch) is { } problem)
        {
            return new ImageResult.Unavailable(problem);
        }
        try
        {
            await using var file = File.OpenRead(Path);
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
            return new ImageResult.Available(new BootImage(Path, sha256), FromCache: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImageResult.Unavailable(e.Message);
        }
    }
}
