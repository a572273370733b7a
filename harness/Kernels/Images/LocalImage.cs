using Harness.Kernels.Modules;
using Harness.Machines;

namespace Harness.Kernels.Images;

/// <summary>A kernel image on this machine, used where it lies.</summary>
/// <param name="Arch">The kernel's architecture, as <c>uname -m</c> says.</param>
/// <param name="Sha256">The content that a lock pins, lower-case hex; <c>null</c> takes what is there.</param>
public sealed record LocalImage(string Path, string Arch, string? Sha256 = null) : IImageSource
{
    public bool IsCached => MachineList.ImageProblem(Path, Arch) is null;

    public bool IsLocal => true;

    /// <summary>
    /// The kernel of an image that somebody hands over. Nothing is read but what the image says of its version.
    /// </summary>
    /// <param name="path">Absolute.</param>
    /// <param name="version">The upstream version, where it is known already.</param>
    /// <param name="sha256">The content that a lock pins, lower-case hex.</param>
    /// <param name="arch">As <c>uname -m</c> says; <c>null</c> for the machine whose image it is.</param>
    public static Kernel ToKernel(
        string id, string path, KernelVersion? version = null, string? sha256 = null, string? arch = null)
    {
        var machine = MachineList.Find(arch ?? "") ?? MachineList.OfImage(path) ?? MachineList.Default;
        return new Kernel(id, version ?? machine.Images.Version(path), machine.Name,
            $"image {System.IO.Path.GetFileName(path)}", new LocalImage(path, machine.Name, sha256), ByName: true);
    }

    /// <inheritdoc/>
    public Task<KernelFiles> FilesAsync(IReadOnlyList<string> modules, CancellationToken cancellation) =>
        Task.FromResult(ModuleDirectory.Of(
            System.IO.Path.GetFullPath(Path), MachineList.Find(Arch)?.Images.Release(Path)));

    public async Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation)
    {
        if (MachineList.ImageProblem(Path, Arch) is { } problem)
        {
            return new ImageResult.Unavailable(problem);
        }
        try
        {
            var sha256 = await Hashes.Sha256OfFileAsync(Path, cancellation).ConfigureAwait(false);
            return Sha256 is null || Sha256 == sha256
                ? new ImageResult.Available(new BootImage(Path, sha256), FromCache: true)
                : new ImageResult.Unavailable(
                    $"{Path} fails verification: its SHA256 is {sha256}, the lock pins {Sha256}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImageResult.Unavailable(e.Message);
        }
    }
}
