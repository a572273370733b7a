using System.Globalization;
using Harness.Kernels.Archives;
using Harness.Kernels.Modules;
using Harness.Machines;
using Harness.Processes;

namespace Harness.Kernels.Packages;

/// <summary>
/// The image of a kernel in a package of an archive: downloaded, verified, taken out of its package, and cached.
/// </summary>
public class PackagedImage(PackagedKernel kernel, ArchiveClient client, ImageCache cache) : IImageSource
{
    private readonly PackageFile _package = kernel.Image;

    public bool IsCached => cache.Find(_package.Sha256) is not null;

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        AcquireAsync(ImageProgress.None with { Received = received }, cancellation);

    /// <inheritdoc/>
    public async Task<ImageResult> AcquireAsync(ImageProgress progress, CancellationToken cancellation)
    {
        try
        {
            if (await cache.FindVerifiedAsync(_package.Sha256, cancellation).ConfigureAwait(false) is { } image)
            {
                return new ImageResult.Available(image, FromCache: true);
            }
            using var entry = await cache.OpenAsync(_package.Sha256, cancellation).ConfigureAwait(false);
            // Another harness may have put it there while this one waited for its turn.
            image = await cache.FindVerifiedAsync(_package.Sha256, cancellation).ConfigureAwait(false);
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
        var files = new PackagedFiles([_package, .. kernel.Beside], cache.Root);
        if (modules.Count == 0 && cache.Find(_package.Sha256) is { } image
            && image.Beside(PackagedFiles.ConfigurationName) is var configuration && File.Exists(configuration))
        {
            return new KernelFiles(PackagedFiles.Origin) { Configuration = configuration };
        }
        try
        {
            return await files.GetAsync(
                modules,
                (package, path) => DownloadAsync(package, path, new Progress<long>(), _ => { }, cancellation),
                cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException)
        {
            return new KernelFiles(PackagedFiles.Origin) { Failure = e.Message };
        }
    }

    /// <inheritdoc/>
    public async Task<bool?> IsServedAsync(CancellationToken cancellation)
    {
        bool? served = false;
        foreach (var address in _package.Addresses)
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
        var package = entry.PathOf("package");
        if (await DownloadAsync(_package, package, received, retrying, cancellation).ConfigureAwait(false)
            is { } failure)
        {
            return failure;
        }
        var image = entry.PathOf(ImageCacheEntry.ImageName);
        if (MachineList.ImageProblem(package, kernel.Arch) is null)
        {
            File.Move(package, image);
            return await CommitAsync(entry, _package.Name, cancellation).ConfigureAwait(false);
        }
        var (pathInPackage, problem) = await PackageContent.ExtractImageAsync(
            package, image, cancellation, configuration: entry.PathOf(PackagedFiles.ConfigurationName))
            .ConfigureAwait(false);
        problem ??= MachineList.ImageProblem(image, kernel.Arch);
        if (problem is not null)
        {
            return new ImageResult.Unavailable($"{_package.Title} fails verification: {problem}");
        }
        File.Delete(package);
        return await CommitAsync(entry, pathInPackage!, cancellation).ConfigureAwait(false);
    }

    private async Task<ImageResult> CommitAsync(
        ImageCacheEntry entry, string pathInPackage, CancellationToken cancellation)
    {
        var origin = new ImageOrigin(_package.Name, _package.Version, _package.Sha256, pathInPackage);
        return new ImageResult.Available(
            await entry.CommitAsync(origin, cancellation).ConfigureAwait(false), FromCache: false);
    }

    /// <returns>Why the package is not there, or <c>null</c> when it is, verified.</returns>
    private async Task<ImageResult?> DownloadAsync(
        PackageFile package, string path, IProgress<long> received, Action<Retry> retrying,
        CancellationToken cancellation)
    {
        var reasons = new List<string>();
        var isServed = false;
        foreach (var address in package.Addresses)
        {
            var request = new FetchRequest(address, package.Limit, Received: received) { Retrying = retrying };
            var fetched = await client.FetchAsync(request, path, cancellation).ConfigureAwait(false);
            if (fetched is Fetched.Stored stored)
            {
                var problem = (package.Size ?? stored.Size) == stored.Size && stored.Sha256 == package.Sha256
                    ? await package.Check(path, cancellation).ConfigureAwait(false)
                    : Mismatch(package, stored);
                return problem is null ? null : new ImageResult.Unavailable(
                    $"{package.Title} fails verification: {problem}");
            }
            isServed |= fetched is not Fetched.NotServed;
            reasons.Add(fetched is Fetched.NotServed missing ? missing.Reason : ((Fetched.Unreachable)fetched).Reason);
        }
        return reasons.Count > 0
            ? new ImageResult.Unavailable(string.Join("; ", reasons.Distinct()), NotServed: !isServed)
            : new ImageResult.Unavailable(kernel.Nowhere);
    }

    private static string Mismatch(PackageFile package, Fetched.Stored stored) => stored.Size > package.Limit
        ? $"more than the {package.Limit} bytes that {package.Authority} says"
        : $"{stored.Size} bytes with SHA256 {stored.Sha256}, {package.Authority} says "
            + (package.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size} and ") : "")
            + package.Sha256;
}
