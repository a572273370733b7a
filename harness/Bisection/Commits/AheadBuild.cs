using Harness.Kernels;
using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>A commit's build that nobody has asked for yet.</summary>
/// <param name="identity">Of configuration and toolchain.</param>
/// <param name="log">What make says; the configuration lies beside it.</param>
/// <param name="needed">How many bytes of the disk it takes, as far as one can tell.</param>
internal sealed class AheadBuild(
    Commit commit, string identity, string log, long needed, CancellationToken cancellation)
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private Task<BuildResult?> _result = Task.FromResult<BuildResult?>(null);

    public Commit Commit => commit;

    public string Identity => identity;

    public string Log => log;

    public string Config => Path.ChangeExtension(log, "config");

    /// <summary>Is told what the build is at, once it is waited for.</summary>
    public Action<BuildProgress>? Tell { get; set; }

    /// <summary>How many bytes of the disk it may still take.</summary>
    public long Reserved => _result.IsCompleted ? 0 : needed;

    /// <param name="image">Gets the kernel.</param>
    public void Start(KernelWorkshop workshop, string image) => _result = BuildAsync(workshop, image);

    /// <returns><c>null</c> when it was ended, or nothing came of it.</returns>
    public Task<BuildResult?> ResultAsync(CancellationToken waiting) => _result.WaitAsync(waiting);

    /// <summary>What came of it goes elsewhere: nothing is removed.</summary>
    public void Release() => _stop.Dispose();

    /// <summary>Ends it, and removes what came of it but its objects.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        // Nobody asks for it any more: what it may have thrown is nobody's, and must not keep others from being ended.
        await ((Task)_result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_result.IsCompletedSuccessfully && await _result.ConfigureAwait(false) is BuildResult.Built built)
        {
            File.Delete(built.Image);
        }
        File.Delete(Log);
        File.Delete(Config);
        _stop.Dispose();
    }

    private async Task<BuildResult?> BuildAsync(KernelWorkshop workshop, string image)
    {
        try
        {
            return await Task.Run(
                () => workshop.BuildAsync(
                    commit, image, log, clean: false, _stop.Token, tell: progress => Tell?.Invoke(progress)),
                _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or UnauthorizedAccessException
            or HarnessException)
        {
            return null; // It is built when it is asked for, and what goes wrong then is told.
        }
    }
}
