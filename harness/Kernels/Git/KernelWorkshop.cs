namespace Harness.Kernels.Git;

/// <summary>
/// Where the commits of one repository are built with one configuration: its files, and the objects of the last build,
/// in the user's cache. Each build goes on from the one before, whoever asked for that, and there is one at a time.
/// </summary>
/// <param name="identity">Of configuration and toolchain (<see cref="KernelBuilder.IdentityAsync"/>).</param>
/// <param name="cacheRoot">The user's cache.</param>
/// <param name="tools">Programs that a build needs, where they are not a kernel's.</param>
public sealed class KernelWorkshop(GitRepository repository, BuildSettings settings, string identity, string cacheRoot, IReadOnlyList<string>? tools = null)
{
    /// <summary>Of a hash, as part of a file name.</summary>
    private const int ShortLength = 16;

    private readonly KernelBuilder _builder = new(settings, Path.Combine(Place(repository, identity, cacheRoot), "build"), tools);

    public string Directory { get; } = Place(repository, identity, cacheRoot);

    /// <summary>Why nothing can be built on this machine; <c>null</c> when it can.</summary>
    public string? MissingTools() => _builder.MissingTools();

    /// <param name="image">Gets the kernel: what is left in the workshop is the next build's.</param>
    /// <param name="log">Gets all that make says.</param>
    /// <param name="clean">Nothing of earlier builds is used.</param>
    /// <exception cref="OperationCanceledException">Interrupted; no compiler is left.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<BuildResult> BuildAsync(Commit commit, string image, string log, bool clean, CancellationToken cancellation)
    {
        System.IO.Directory.CreateDirectory(Directory);
        await using var turn = await CacheLock.TakeAsync(cacheRoot, $"build-{Path.GetFileName(Directory)}", cancellation).ConfigureAwait(false);
        CachePruning.Used(Directory);
        await _builder.WaitForOthersAsync(cancellation).ConfigureAwait(false);
        var files = Path.Combine(Directory, "tree");
        await new GitFiles(repository, files).CheckoutAsync(commit, cancellation).ConfigureAwait(false);
        var result = await _builder.BuildAsync(files, log, clean, cancellation).ConfigureAwait(false);
        if (result is not BuildResult.Built built)
        {
            return result;
        }
        File.Copy(built.Image, image, overwrite: true);
        return built with { Image = image };
    }

    private static string Place(GitRepository repository, string identity, string cacheRoot) =>
        Path.Combine(cacheRoot, CacheKinds.Builds, Hashes.Sha256OfText($"{repository.Directory}\0{identity}")[..ShortLength]);
}
