using Harness.Kernels;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Sources;

/// <summary>Kernels that Debian serves, to be packaged anew: from the user's cache, into which they are fetched once.
/// </summary>
internal static class RealImages
{
    private static readonly Lazy<Task<BootImage>> _image = new(FetchAsync);

    /// <summary>The release that the image names, with which it boots.</summary>
    public static async Task<BootImage> NewestAsync() => await _image.Value;

    private static async Task<BootImage> FetchAsync()
    {
        var matrix = Matrices.Load(Path.Combine(Repository.Find().Path, "kernels.yaml"));
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var context = new KernelSourceContext
        {
            Http = http,
            Cache = new ImageCache(ImageCache.DefaultRoot()),
            Clock = TimeProvider.System,
            Settings = matrix.Sections,
        };
        var resolved = await KernelSources.Default.ResolveAsync(matrix.Kernels, context, CancellationToken.None);
        var kernel = resolved.Kernels.Select(planned => planned.Kernel).Last(k => k.Version?.Series == "6.1");
        var result = await kernel.Source.AcquireAsync(new Progress<long>(), CancellationToken.None);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
        return ((ImageResult.Available)result).Image;
    }
}
