using System.Diagnostics;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>The kernel of a commit: built here, and cached by tree, configuration and toolchain.</summary>
/// <param name="identity">A hash of configuration and toolchain (<see cref="BuildTools.IdentityAsync"/>).</param>
public sealed class GitImageSource(
    GitKernel kernel, string identity, ImageCache cache, IReadOnlyList<string>? tools = null) : IImageSource
{
    public GitKernel Kernel { get; } = kernel;

    public bool IsCached => cache.Find(Key) is not null;

    public bool Builds => true;

    private string Key => Hashes.Sha256OfText($"tree {Kernel.Commit.Tree}, built with {identity}");

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        AcquireAsync(ImageProgress.None with { Received = received }, cancellation);

    /// <inheritdoc/>
    public async Task<ImageResult> AcquireAsync(ImageProgress progress, CancellationToken cancellation)
    {
        try
        {
            if (await cache.FindVerifiedAsync(Key, cancellation).ConfigureAwait(false) is { } image)
            {
                return new ImageResult.Available(image, FromCache: true);
            }
            using var entry = await cache.OpenAsync(Key, cancellation).ConfigureAwait(false);
            // Another commit with the same tree, or another harness, may have put it there meanwhile.
            image = await cache.FindVerifiedAsync(Key, cancellation).ConfigureAwait(false);
            return image is null
                ? await BuildAsync(entry, progress.Building, cancellation).ConfigureAwait(false)
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

    private async Task<ImageResult> BuildAsync(
        ImageCacheEntry entry, Action<BuildProgress> building, CancellationToken cancellation)
    {
        var repository = new GitRepository(Kernel.Repository);
        var workshop = new KernelWorkshop(repository, Kernel.Build, identity, cache.Root, tools);
        if (workshop.MissingTools() is { } missing)
        {
            return new ImageResult.Failed(missing);
        }
        if (await KernelBuilder.ProblemOfAsync(repository, Kernel.Commit, cancellation)
            .ConfigureAwait(false) is { } problem)
        {
            return new ImageResult.Unavailable(problem);
        }
        if (await workshop.ShortageAsync(Kernel.Commit, cancellation).ConfigureAwait(false) is { } shortage)
        {
            return new ImageResult.Failed(shortage);
        }
        var log = Path.Combine(workshop.Directory, Kernel.Commit.Short + ".log");
        var image = entry.PathOf(ImageCacheEntry.ImageName);
        var clock = Stopwatch.StartNew();
        var result = await workshop
            .BuildAsync(Kernel.Commit, image, log, clean: false, cancellation, tell: building).ConfigureAwait(false);
        switch (result)
        {
            case BuildResult.Built:
                var origin = new ImageOrigin("commit", Kernel.Commit.Id, Key, "vmlinux");
                return new ImageResult.Available(
                    await entry.CommitAsync(origin, cancellation).ConfigureAwait(false), FromCache: false)
                {
                    BuildTime = clock.Elapsed,
                };
            case BuildResult.Failed failed:
                return new ImageResult.Unavailable($"{Kernel.Commit.Short} {failed.Reason}"
                    + $" (all that make said: {Path.GetRelativePath(cache.Root, log)} in the cache)");
            case BuildResult.Aborted aborted:
                return new ImageResult.Failed(aborted.Reason, MayPass: true);
            default:
                throw new InvalidOperationException("the build came to nothing that is known");
        }
    }
}
