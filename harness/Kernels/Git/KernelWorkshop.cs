using System.Globalization;
using Harness.Cache;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Where the commits of one repository are built with one configuration: its files, and the objects of the last build,
/// in the user's cache. Each build goes on from the one before, also from another harness's. There is one at a time.
/// </summary>
/// <param name="identity">Of configuration and toolchain (<see cref="BuildTools.IdentityAsync"/>).</param>
/// <param name="cacheRoot">The user's cache.</param>
/// <param name="tools">Programs that a build needs, where they are not a kernel's.</param>
/// <param name="free">
/// Tells how many bytes are free where a directory is; <c>null</c> asks the file system.
/// </param>
public sealed class KernelWorkshop(
    GitRepository repository,
    BuildSettings settings,
    string identity,
    string cacheRoot,
    IReadOnlyList<string>? tools = null,
    Func<string, long>? free = null)
{
    /// <summary>In bytes: with less, a failure of git or make is the disk's.</summary>
    private const long Full = 16L << 20;

    /// <summary>
    /// Bytes for each file of a tree: itself, and its share of the objects. Of Linux 6.12, 86,000 files and their
    /// objects take 1.7 GB, and half as much again is left for what others write meanwhile.
    /// </summary>
    private const long PerFile = 32L << 10;

    /// <summary>The same where files and objects of another commit lie already.</summary>
    private const long PerFileAgain = 4L << 10;

    /// <summary>How many digits of a hash are part of a directory's name.</summary>
    private const int ShortLength = 16;

    /// <summary>A wait as long as this is told.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public string Directory { get; private init; } = Path.Combine(
        cacheRoot, CacheKind.Builds.Name, Hashes.Sha256OfText($"{repository.Directory}\0{identity}")[..ShortLength]);

    /// <summary>A file with the tree that was built, when the last build used nothing of earlier ones.</summary>
    private string FromNothing => Path.Combine(Directory, "from-nothing");

    private string Tree => Path.Combine(Directory, "tree");

    private string Objects => Path.Combine(Directory, "build");

    private KernelBuilder Builder => new(settings, Objects);

    /// <summary>Whether a build here goes on from the objects of an earlier one.</summary>
    public bool HasObjects => Builder.HasObjects;

    private string LockName => $"build-{Path.GetFileName(Directory)}";

    private ObjectForecast Forecast => new(Directory, Tree, Objects);

    /// <summary>
    /// The same with files and objects of its own, so that both may build at the same time. Its first build is from
    /// nothing, and one that is ended leaves its objects to the next.
    /// </summary>
    /// <param name="name">Told apart from others by it.</param>
    /// <param name="jobs">How many commands make runs at a time.</param>
    public KernelWorkshop Beside(string name, int jobs) =>
        new(repository, settings with { Jobs = jobs, EndsTidily = true }, identity, cacheRoot, tools, free)
        {
            Directory = $"{Directory}-{name}",
        };

    /// <summary>Why nothing can be built on this machine; <c>null</c> when it can.</summary>
    public string? MissingTools() => BuildTools.Problem(settings, tools);

    /// <summary>How many bytes of the disk the build of a commit takes, as far as one can tell.</summary>
    public async Task<long> NeededAsync(Commit commit, CancellationToken cancellation) =>
        await repository.FileCountAsync(commit, cancellation).ConfigureAwait(false)
        * (HasObjects ? PerFileAgain : PerFile);

    /// <summary>
    /// Why there is too little room on the disk to build a commit; <c>null</c> when there is enough, as far as one can
    /// tell.
    /// </summary>
    /// <param name="reserved">Bytes that are free still, and that other builds will take.</param>
    public async Task<string?> ShortageAsync(Commit commit, CancellationToken cancellation, long reserved = 0)
    {
        var needed = await NeededAsync(commit, cancellation).ConfigureAwait(false);
        var left = (free ?? Free)(System.IO.Directory.CreateDirectory(Directory).FullName);
        var others = reserved == 0 ? "" : $", besides {ByteSize.Text(reserved)} for what is built at the same time";
        return left - reserved >= needed ? null : string.Create(CultureInfo.InvariantCulture,
            $"too little room where {Directory} is: {ByteSize.Text(left)} are free, and building {commit.Short} takes"
                + $" some {ByteSize.Text(needed)}{others}; `harness prune --cache` makes room");
    }

    /// <summary>Removes files and objects, unless another harness builds here.</summary>
    /// <returns>Whether there were some, and they are gone.</returns>
    public bool TryRemove()
    {
        if (!System.IO.Directory.Exists(Directory))
        {
            return false;
        }
        try
        {
            using var turn = CacheLock.TryTake(cacheRoot, LockName);
            if (turn is null)
            {
                return false;
            }
            Files.Remove(Directory);
            return true;
        }
        catch (IOException)
        {
            return false; // A compiler that a killed harness left still writes here.
        }
    }

    /// <param name="image">Gets a copy of the kernel: the next build overwrites what lies in the workshop.</param>
    /// <param name="log">Gets all that make says, as it says it; the configuration is put beside it, as
    /// <c>.config</c>.</param>
    /// <param name="clean">
    /// Nothing of earlier builds is used. Without it, a build that fails over something else than a line of the
    /// commit's files is tried again so.
    /// </param>
    /// <param name="onTopOf">
    /// Of earlier builds only one of this commit is used, which itself used nothing of earlier builds.
    /// </param>
    /// <param name="tell">Is told what the build is at, from several threads.</param>
    /// <exception cref="OperationCanceledException">Interrupted; no compiler is left.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<BuildResult> BuildAsync(
        Commit commit, string image, string log, bool clean, CancellationToken cancellation, Commit? onTopOf = null,
        Action<BuildProgress>? tell = null)
    {
        tell ??= _ => { };
        System.IO.Directory.CreateDirectory(Directory);
        await using var turn = await TurnAsync(
            CacheLock.TakeAsync(cacheRoot, LockName, cancellation), tell)
            .ConfigureAwait(false);
        CachePruning.Used(Directory);
        clean |= onTopOf is not null && (!File.Exists(FromNothing) || File.ReadAllText(FromNothing) != onTopOf.Tree);
        File.Delete(FromNothing);
        await TurnAsync(Builder.WaitForOthersAsync(cancellation), tell).ConfigureAwait(false);
        clean |= !HasObjects;
        var configuration = await KernelConfiguration.HashAsync(repository, commit, cancellation).ConfigureAwait(false);
        using var make = new MakeLog(log, tell);
        BuildResult result;
        try
        {
            make.Expected = await CheckoutAsync(commit, clean, cancellation).ConfigureAwait(false);
            result = await Builder.BuildAsync(Tree, configuration, make, clean, cancellation).ConfigureAwait(false);
            if (!clean && result is BuildResult.Failed { MayBeOfEarlierObjects: true } failed && FullDisk() is null)
            {
                clean = true;
                make.StartOver($"{failed.Reason}: objects of earlier builds may be at fault, and all is built anew");
                // A command before the build finds the files as the commit has them.
                make.Expected = await CheckoutAsync(commit, clean, cancellation).ConfigureAwait(false);
                result = await Builder.BuildAsync(Tree, configuration, make, clean, cancellation).ConfigureAwait(false);
            }
        }
        catch (CommandException) when (FullDisk() is { } whileWriting)
        {
            // Git names the files that it could not write, but not why.
            return new BuildResult.Aborted(whileWriting);
        }
        if (File.Exists(Builder.Config))
        {
            File.Copy(Builder.Config, Path.ChangeExtension(log, "config"), overwrite: true);
        }
        if (result is BuildResult.Failed && FullDisk() is { } full)
        {
            // Shells, linkers and kconfig do not say why either.
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
            Forecast.Remember(make.Objects);
        }
        return built with { Image = image };
    }

    /// <summary>Writes what a .config sets beyond Kconfig's defaults, in the form of a defconfig.</summary>
    /// <param name="commit">Whose Kconfig files have the defaults.</param>
    /// <returns>Why there is no such file; <c>null</c> when there is one.</returns>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public async Task<string?> DifferenceAsync(
        Commit commit, string config, string difference, CancellationToken cancellation)
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            await using var turn = await CacheLock
                .TakeAsync(cacheRoot, LockName, cancellation).ConfigureAwait(false);
            await Builder.WaitForOthersAsync(cancellation).ConfigureAwait(false);
            await CheckoutAsync(commit, clean: false, cancellation).ConfigureAwait(false);
            return await Builder.DifferenceAsync(Tree, config, difference, cancellation).ConfigureAwait(false);
        }
        catch (CommandException e)
        {
            return e.Message.Split('\n')[0];
        }
    }

    /// <summary>Waits for a turn, and tells after a second that it waits.</summary>
    private static async Task<T> TurnAsync<T>(Task<T> turn, Action<BuildProgress> tell)
    {
        if (await Task.WhenAny(turn, Task.Delay(_patience)).ConfigureAwait(false) == turn)
        {
            return await turn.ConfigureAwait(false);
        }
        tell(new BuildProgress.Waiting());
        await using var heartbeat = Heartbeat.Start(() => tell(new BuildProgress.Waiting()));
        return await turn.ConfigureAwait(false);
    }

    /// <returns>How many object files are to be made; <c>null</c> where nothing tells.</returns>
    private async Task<int?> CheckoutAsync(Commit commit, bool clean, CancellationToken cancellation)
    {
        var files = new GitFiles(repository, Tree, Builder.Lock);
        var changed = clean ? null : await files.ChangedAsync(commit, cancellation).ConfigureAwait(false);
        await files.CheckoutAsync(commit, cancellation).ConfigureAwait(false);
        return changed is null ? Forecast.FromNothing() : Forecast.Of(changed);
    }

    private string? FullDisk()
    {
        var full = new[] { Directory, Path.GetTempPath() }
            .FirstOrDefault(directory => (free ?? Free)(directory) < Full);
        return full is null
            ? null
            : $"the disk is full where {full} is: a kernel's files and objects take some 3 GB";
    }

    private static long Free(string directory) => new DriveInfo(directory).AvailableFreeSpace;
}
