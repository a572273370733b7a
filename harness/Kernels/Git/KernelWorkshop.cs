using Harness.Cache;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Where the commits of one repository are built with one configuration: its files, and the objects of the last build,
/// in the user's cache. Each build goes on from the one before, whoever asked for that, and there is one at a time.
/// </summary>
/// <param name="identity">Of configuration and toolchain (<see cref="KernelBuilder.IdentityAsync"/>).</param>
/// <param name="cacheRoot">The user's cache.</param>
/// <param name="tools">Programs that a build needs, where they are not a kernel's.</param>
/// <param name="free">Bytes that are free where a directory is, where the file system's answer is not to be asked for.</param>
public sealed class KernelWorkshop(
    GitRepository repository, BuildSettings settings, string identity, string cacheRoot, IReadOnlyList<string>? tools = null, Func<string, long>? free = null)
{
    /// <summary>Bytes; with less, what git and make could not write tells nothing.</summary>
    private const long Full = 16L << 20;

    /// <summary>Of a hash, as part of a file name.</summary>
    private const int ShortLength = 16;

    public string Directory { get; } = Path.Combine(cacheRoot, CacheKind.Builds.Name, Hashes.Sha256OfText($"{repository.Directory}\0{identity}")[..ShortLength]);

    /// <summary>There when the last build was one from nothing: the tree that was built.</summary>
    private string FromNothing => Path.Combine(Directory, "from-nothing");

    private KernelBuilder Builder => new(settings, Path.Combine(Directory, "build"), tools);

    /// <summary>Why nothing can be built on this machine; <c>null</c> when it can.</summary>
    public string? MissingTools() => Builder.MissingTools();

    /// <param name="image">Gets the kernel: what is left in the workshop is the next build's.</param>
    /// <param name="log">Gets all that make says.</param>
    /// <param name="clean">Nothing of earlier builds is used.</param>
    /// <param name="onTopOf">Nothing but what was built of this commit, from nothing, is used.</param>
    /// <exception cref="OperationCanceledException">Interrupted; no compiler is left.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<BuildResult> BuildAsync(Commit commit, string image, string log, bool clean, CancellationToken cancellation, Commit? onTopOf = null)
    {
        System.IO.Directory.CreateDirectory(Directory);
        await using var turn = await CacheLock.TakeAsync(cacheRoot, $"build-{Path.GetFileName(Directory)}", cancellation).ConfigureAwait(false);
        CachePruning.Used(Directory);
        clean |= onTopOf is not null && (!File.Exists(FromNothing) || File.ReadAllText(FromNothing) != onTopOf.Tree);
        File.Delete(FromNothing);
        await Builder.WaitForOthersAsync(cancellation).ConfigureAwait(false);
        var files = Path.Combine(Directory, "tree");
        try
        {
            await new GitFiles(repository, files, Builder.Lock).CheckoutAsync(commit, cancellation).ConfigureAwait(false);
        }
        catch (CommandException) when (FullDisk() is { } whileWriting)
        {
            // Git names the files that it could not write, and not why.
            return new BuildResult.Aborted(whileWriting);
        }
        var result = await Builder.BuildAsync(files, await KernelBuilder.ConfigurationAsync(repository, commit, cancellation).ConfigureAwait(false), log, clean, cancellation).ConfigureAwait(false);
        if (result is BuildResult.Failed && FullDisk() is { } full)
        {
            // So do shells, linkers and kconfig.
            return new BuildResult.Aborted(full);
        }
        if (result is not BuildResult.Built built)
        {
            return result;
        }
        File.Copy(built.Image, image, overwrite: true);
        if (clean)
        {
            File.WriteAllText(FromNothing, commit.Tree);
        }
        return built with { Image = image };
    }

    private string? FullDisk() => new[] { Directory, Path.GetTempPath() }.FirstOrDefault(d => (free ?? Free)(d) < Full) is { } full
        ? $"the disk is full where {full} is: a kernel's files and objects take some 3 GB"
        : null;

    private static long Free(string directory) => new DriveInfo(directory).AvailableFreeSpace;
}
