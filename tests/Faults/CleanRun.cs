using Harness.Kernels;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Faults;

/// <summary>
/// A matrix of two real kernels, tested once with nothing broken: what the rest of a matrix must come to when a fault
/// is added. Its cache holds the unpacked kernels and the guest, so that no test makes them again.
/// </summary>
internal sealed class CleanRun : IDisposable
{
    /// <summary>Some pass on both kernels, and some fail on 6.1, which expectations.yaml foresees.</summary>
    public const string Cases = "raw.array_of_maps.array.{none,struct}.none";

    private static readonly string[] _series = ["5.10", "6.1"];

    private static Lazy<Task<CleanRun>> _shared = new(MakeAsync);

    private readonly TemporaryDirectory _directory = new();

    private CleanRun(IReadOnlyList<CleanKernel> kernels) => Kernels = kernels;

    /// <summary>The kernels of the rest of every matrix.</summary>
    public IReadOnlyList<CleanKernel> Kernels { get; }

    public RunDocument Document { get; private set; } = null!;

    /// <summary>Its <c>XDG_CACHE_HOME</c>. Nothing may be written there after the run.</summary>
    public string CacheHome => _directory["cache"];

    /// <summary>The run of this process, made when it is first asked for.</summary>
    public static Task<CleanRun> SharedAsync() => _shared.Value;

    public static async Task RemoveAsync()
    {
        if (_shared.IsValueCreated)
        {
            (await _shared.Value).Dispose();
            _shared = new(MakeAsync);
        }
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<CleanRun> MakeAsync()
    {
        var run = new CleanRun(await Task.WhenAll(_series.Select(KernelAsync)));
        using var lab = new FaultLab(run);
        var finished = await lab.RunAsync("");
        Assert.That(finished.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), finished.Result.Describe());
        Assert.That(finished.Document.Kernels.Select(kernel => kernel.Status), Is.All.EqualTo(KernelStatus.Tested));
        run.Document = finished.Document;
        Directory.Move(lab.CacheHome, run.CacheHome);
        return run;
    }

    /// <summary>The newest kernel of a series in the default matrix, fetched when it is not in the cache.</summary>
    private static async Task<CleanKernel> KernelAsync(string series)
    {
        var id = await RealRun.NewestAsync(series);
        await RealRun.Harness("fetch", "--only", id).RunAsync(CancellationToken.None);
        var image = Directory
            .EnumerateFiles(Path.Combine(ImageCache.DefaultRoot(), "images"), "vmlinuz", SearchOption.AllDirectories)
            .First(path => MachineList.Default.Images.Version(path)?.ToString() == id.Split('-')[1]);
        return new CleanKernel($"good-{series}", image);
    }
}
