using Harness.Kernels.Debian;
using Harness.Kernels.Git;

namespace Harness.Kernels;

/// <summary>A kernel that a lock pins.</summary>
public abstract record LockedKernel(string Id)
{
    private LockedKernel()
        : this("")
    {
    }

    /// <summary>From the Debian archive: enough to download and verify it without any index, and no host.</summary>
    public sealed record Debian(DebianKernel Kernel) : LockedKernel(Kernel.Id);

    /// <summary>A local image.</summary>
    /// <param name="Path">Absolute.</param>
    /// <param name="Sha256">Of the image, lower-case hex.</param>
    public sealed record Local(string Id, KernelVersion? Version, string Arch, string Path, string Sha256) : LockedKernel(Id);

    /// <summary>A commit.</summary>
    /// <param name="Repository">Absolute.</param>
    /// <param name="Commit">Its full id.</param>
    public sealed record Git(string Id, KernelVersion? Version, string Arch, string Repository, string Commit, BuildSettings Build) : LockedKernel(Id)
    {
        /// <summary>Where in the lock it stands, as <c>file:line:column</c>.</summary>
        public string At { get; init; } = Id;
    }
}

/// <summary>
/// <c>kernels.lock.yaml</c>: the exact kernels that a matrix came to, so that another day's run takes the same, as long
/// as the archive serves them or the cache holds them.
/// </summary>
public sealed record KernelLock(IReadOnlyList<LockedKernel> Kernels)
{
    /// <summary>Pins kernels. Local images are hashed for it.</summary>
    /// <returns>The lock, and the kernels that cannot be pinned, each with the reason.</returns>
    public static async Task<(KernelLock Lock, IReadOnlyList<string> Problems)> PinAsync(
        IEnumerable<Kernel> kernels, CancellationToken cancellation)
    {
        var locked = new List<LockedKernel>();
        var problems = new List<string>();
        foreach (var kernel in kernels)
        {
            if (kernel.Source is DebianImageSource debian)
            {
                locked.Add(new LockedKernel.Debian(debian.Kernel));
                continue;
            }
            if (kernel.Source is GitImageSource git)
            {
                locked.Add(new LockedKernel.Git(kernel.Id, kernel.Version, kernel.Arch, git.Kernel.Repository, git.Kernel.Commit.Id, git.Kernel.Build));
                continue;
            }
            var result = await kernel.Source.AcquireAsync(new Progress<long>(), cancellation).ConfigureAwait(false);
            if (result is ImageResult.Available { Image: var image })
            {
                locked.Add(new LockedKernel.Local(kernel.Id, kernel.Version, kernel.Arch, Path.GetFullPath(image.Path), image.Sha256));
            }
            else
            {
                problems.Add($"{kernel.Id}: {(result is ImageResult.Unavailable absent ? absent.Reason : ((ImageResult.Failed)result).Reason)}");
            }
        }
        return (new KernelLock(locked), problems);
    }

    /// <summary>The pinned kernels for a run, all asked for by name: an image that is not to be had is an error.</summary>
    /// <param name="local">Makes the kernel of a local image, whose source checks the hash.</param>
    /// <param name="git">Makes the kernel of a commit.</param>
    public IReadOnlyList<Kernel> ToKernels(DebianKernels archive, Func<LockedKernel.Local, Kernel> local, Func<LockedKernel.Git, Kernel> git) =>
    [
        .. Kernels.Select(locked => locked switch
        {
            LockedKernel.Debian debian => archive.ToKernel(debian.Kernel, byName: true),
            LockedKernel.Local image => local(image),
            LockedKernel.Git commit => git(commit),
            _ => throw new InvalidOperationException($"{locked.Id} is of an unknown kind"),
        }),
    ];
}
