using Harness.Kernels;
using Harness.Matrix;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Sources;

/// <summary>A directory for a matrix and what it names, and an empty cache.</summary>
internal sealed class SourceLab : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new() { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    public string Path => _directory.Path;

    public string this[params string[] parts] => _directory[parts];

    public string Write(string name, string text) => _directory.Write(name, text);

    public string Copy(string file, string name)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.Copy(file, path);
        return path;
    }

    /// <summary>The kernels that a matrix with these entries comes to.</summary>
    public async Task<ResolvedKernels> ResolveAsync(string entries, bool refresh = true)
    {
        var matrix = Load(entries);
        return await KernelSources.Default.ResolveAsync(
            matrix.Kernels, Context with { Refresh = refresh, Settings = matrix.Sections }, CancellationToken.None);
    }

    /// <summary>The only kernel of a matrix with these entries.</summary>
    public async Task<Kernel> KernelAsync(string entries) => (await ResolveAsync(entries)).Kernels.Single().Kernel;

    public MatrixSpec Load(string entries) => Matrices.Load(Write("kernels.yaml", $"kernels:\n{entries}\n"));

    public static Task<ImageResult> AcquireAsync(Kernel kernel) =>
        kernel.Source.AcquireAsync(new Progress<long>(), CancellationToken.None);

    /// <summary>Why the only kernel of a matrix has no image.</summary>
    public async Task<string> UnavailableAsync(string entries)
    {
        var result = await AcquireAsync(await KernelAsync(entries));
        Assert.That(result, Is.InstanceOf<ImageResult.Unavailable>(), result.Problem);
        return result.Problem!;
    }

    /// <summary>Gets a kernel's image, locks it, and gets it again by the lock, into another cache.</summary>
    /// <returns>The image that the lock leads to.</returns>
    public async Task<BootImage> LockedImageAsync(Kernel kernel)
    {
        var (content, problems) = await KernelLock.PinAsync(KernelSources.Default, [kernel], CancellationToken.None);
        Assert.That(problems, Is.Empty);
        var file = new KernelLockFile(KernelSources.Default);
        file.Write(content, this["kernels.lock.yaml"]);
        var pinned = file.Read(this["kernels.lock.yaml"]);
        var unlocked = await KernelSources.Default.UnlockAsync(
            pinned, Context with { Cache = new ImageCache(this["second-cache"]) }, CancellationToken.None);
        var again = unlocked.Kernels.Single().Kernel;
        Assert.That((again.Id, again.Version, again.Arch, again.Line),
            Is.EqualTo((kernel.Id, kernel.Version, kernel.Arch, kernel.Line)));
        var result = await AcquireAsync(again);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
        return ((ImageResult.Available)result).Image;
    }

    /// <summary>Why the only kernel of a lock has no image, for somebody whose cache is empty.</summary>
    public async Task<string?> UnlockedProblemAsync(KernelLock pinned)
    {
        var unlocked = await KernelSources.Default.UnlockAsync(
            pinned, Context with { Cache = new ImageCache(this["third-cache"]) }, CancellationToken.None);
        return (await AcquireAsync(unlocked.Kernels.Single().Kernel)).Problem;
    }

    public void Dispose()
    {
        _http.Dispose();
        _directory.Dispose();
    }

    private KernelSourceContext Context => new()
    {
        Http = _http,
        Cache = new ImageCache(this["cache"]),
        Clock = TimeProvider.System,
    };
}
