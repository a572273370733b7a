using Harness.Kernels.Modules;
using Harness.Machines;
using Harness.Processes;

namespace Harness.Kernels.Debian;

/// <summary>
/// The image of a kernel in the Debian archive: downloaded, verified, taken out of its package, and cached.
/// </summary>
public sealed class DebianImageSource(
    DebianKernel kernel, ArchiveBases bases, ArchiveClient client, ImageCache cache) : IImageSource
{
    public DebianKernel Kernel { get; } = kernel;

    public bool IsCached => cache.Find(Kernel.Sha256) is not null;

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        AcquireAsync(ImageProgress.None with { Received = received }, cancellation);

    /// <inheritdoc/>
    public async Task<ImageResult> AcquireAsync(ImageProgress progress, CancellationToken cancellation)
    {
        try
        {
            if (await cache.FindVerifiedAsync(Kernel.Sha256, cancellation).ConfigureAwait(false) is { } image)
            {
                return new ImageResult.Available(image, FromCache: true);
            }
            using var entry = await cache.OpenAsync(Kernel.Sha256, cancellation).ConfigureAwait(false);
            // Another harness may have put it there while this one waited for its turn.
            image = await cache.FindVerifiedAsync(Kernel.Sha256, cancellation).ConfigureAwait(false);
            return image is null
                ? await FillAsync(entry, progress.Received, progress.Retrying, cancellation).ConfigureAwait(false)
                : new ImageResult.Available(image, FromCache: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImageResult.Failed($"the cache {cache.Root} cannot be used: {e.Message}", e is IOException);
        }
        catch (CommandException e)
        {
            return new ImageResult.Failed(e.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<KernelFiles> FilesAsync(IReadOnlyList<string> modules, CancellationToken cancellation)
    {
        var files = new DebianKernelFiles(Kernel, cache.Root);
        if (modules.Count == 0 && cache.Find(Kernel.Sha256) is { } image
            && image.Beside(DebianKernelFiles.ConfigurationName) is var configuration && File.Exists(configuration))
        {
            return new KernelFiles(DebianKernelFiles.Origin) { Configuration = configuration };
        }
        try
        {
            return await files.GetAsync(
                modules, path => DownloadAsync(path, new Progress<long>(), _ => { }, cancellation), cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException)
        {
            return new KernelFiles(DebianKernelFiles.Origin) { Failure = e.Message };
        }
    }

    /// <inheritdoc/>
    public async Task<bool?> IsServedAsync(CancellationToken cancellation)
    {
        bool? served = false;
        foreach (var address in Addresses())
        {
            var answer = await client.ExistsAsync(address, cancellation).ConfigureAwait(false);
            if (answer == true)
            {
                return true;
            }
            served = answer is null ? null : served;
        }
        return served;
    }

    private async Task<ImageResult> FillAsync(
        ImageCacheEntry entry, IProgress<long> received, Action<Retry> retrying, CancellationToken cancellation)
    {
        var package = entry.PathOf("package.deb");
        if (await DownloadAsync(package, received, retrying, cancellation).ConfigureAwait(false) is { } failure)
        {
            return failure;
        }
        var image = entry.PathOf(ImageCacheEntry.ImageName);
        var (pathInPackage, problem) = await DebianPackageFile.ExtractImageAsync(
            package, image, cancellation, configuration: entry.PathOf(DebianKernelFiles.ConfigurationName))
            .ConfigureAwait(false);
        problem ??= MachineList.ImageProblem(image, Kernel.Architecture.Machine);
        if (problem is not null)
        {
            return new ImageResult.Unavailable($"{Kernel.Package} {Kernel.Version} fails verification: {problem}");
        }
        File.Delete(package);
        var origin = new ImageOrigin(Kernel.Package, Kernel.Version.ToString(), Kernel.Sha256, pathInPackage!);
        return new ImageResult.Available(
            await entry.CommitAsync(origin, cancellation).ConfigureAwait(false), FromCache: false);
    }

    /// <returns>Why the package is not there, or <c>null</c> when it is, verified.</returns>
    private async Task<ImageResult?> DownloadAsync(
        string path, IProgress<long> received, Action<Retry> retrying, CancellationToken cancellation)
    {
        var reasons = new List<string>();
        var isServed = false;
        foreach (var address in Addresses())
        {
            var request = new FetchRequest(address, Kernel.Size, Received: received) { Retrying = retrying };
            var fetched = await client.FetchAsync(request, path, cancellation).ConfigureAwait(false);
            if (fetched is Fetched.Stored stored)
            {
                return stored.Size == Kernel.Size && stored.Sha256 == Kernel.Sha256
                    ? null
                    : new ImageResult.Unavailable(
                        $"{Kernel.Package} {Kernel.Version} fails verification: {Mismatch(stored)}");
            }
            isServed |= fetched is not Fetched.NotServed;
            reasons.Add(fetched is Fetched.NotServed missing ? missing.Reason : ((Fetched.Unreachable)fetched).Reason);
        }
        return reasons.Count > 0
            ? new ImageResult.Unavailable(string.Join("; ", reasons.Distinct()), NotServed: !isServed)
            : new ImageResult.Unavailable($"no archive is known that has it ({bases.Origin})");
    }

    private string Mismatch(Fetched.Stored stored) => stored.Size > Kernel.Size
        ? $"more than the {Kernel.Size} bytes that the index says"
        : $"{stored.Size} bytes with SHA256 {stored.Sha256}, the index says {Kernel.Size} and {Kernel.Sha256}";

    private IEnumerable<Uri> Addresses() => Kernel.Places
        .Where(place => bases[place.Base] is not null)
        .Select(place => ArchiveClient.AddressOf(bases[place.Base]!, place.Filename))
        .Distinct();
}
