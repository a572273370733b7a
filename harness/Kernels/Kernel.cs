using Harness.Machines;

namespace Harness.Kernels;

/// <summary>A kernel: what it is, and where its image can be had. Nothing is downloaded yet.</summary>
/// <param name="Id">Unique in a run: <c>debian-6.1.192-2-cloud-amd64</c>, or the name given in the matrix.</param>
/// <param name="Version">The upstream version; <c>null</c> for an image that does not say, until it has booted.</param>
/// <param name="Arch">As <c>uname -m</c> says: <c>x86_64</c>.</param>
/// <param name="Description">
/// Where it comes from, in words, for reports: <c>debian bookworm-security linux-image-…</c>.
/// </param>
/// <param name="Source">Where its image is.</param>
/// <param name="ByName">
/// The user asked for it by name, so its absence is an error (exit code 3). A rule chose others.
/// </param>
/// <param name="DownloadSize">
/// Bytes to download when it is not in the cache; <c>null</c> when nothing is downloaded.
/// </param>
/// <param name="Note">What a reader should know of the choice, such as which kernel this one stands in for.</param>
public sealed record Kernel(
    string Id,
    KernelVersion? Version,
    string Arch,
    string Description,
    IImageSource Source,
    bool ByName = false,
    long? DownloadSize = null,
    string? Note = null)
{
    /// <summary>What it boots on.</summary>
    /// <exception cref="ArgumentException">
    /// No machine is known for its architecture: it has no image that boots.
    /// </exception>
    public Machine Machine => KnownMachine ?? MachineList.Get(Arch);

    /// <summary>The same; <c>null</c> where no machine is known for its architecture.</summary>
    public Machine? KnownMachine { get => field ?? MachineList.Find(Arch); init; }

    /// <summary>
    /// Whose kernel it is: <c>debian</c>, <c>el9</c>. <c>null</c> where nobody says that, or says upstream's.
    /// </summary>
    public string? Line { get; init => field = value == KernelLines.Upstream ? null : value; }

    /// <summary>
    /// When it was committed, for a kernel that was built from a commit. It orders kernels of equal version, as commits
    /// between two releases are.
    /// </summary>
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>What it was built from; <c>null</c> for an image that is only a file.</summary>
    public KernelCheckout? Checkout { get; init; }
}
