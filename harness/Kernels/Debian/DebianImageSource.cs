namespace Harness.Kernels.Debian;

/// <summary>The image of a kernel in the Debian archive.</summary>
public sealed class DebianImageSource(DebianKernel kernel, ArchiveBases bases, HttpClient http, ImageCache cache) : IKernelSource
{
    public DebianKernel Kernel { get; } = kernel;

    public bool IsCached => throw new NotImplementedException($"{bases}{http}{cache}");

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Asks whether the archive serves the package, without downloading it; <c>null</c> when it cannot be asked.</summary>
    public Task<bool?> IsServedAsync(CancellationToken cancellation) => throw new NotImplementedException();
}
