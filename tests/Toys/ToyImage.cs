using Harness.Kernels;
using Harness.Kernels.Images;
using Harness.Machines;

namespace Harness.Toys;

/// <summary>Where a toy's image is. It leaves the checks to <see cref="LocalImage"/>.</summary>
public sealed record ToyImage(string Path) : IImageSource
{
    private readonly LocalImage _image = new(Path, MachineList.Default.Name);

    public bool IsCached => _image.IsCached;

    public bool IsLocal => true;

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        _image.AcquireAsync(received, cancellation);
}
