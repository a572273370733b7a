using System.Diagnostics;
using Harness.Kernels;
using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// <c>--speculate N</c>: builds commits that may be asked for next, each in a workshop of its own, while another one is
/// built and booted. What is not asked for is ended at once, and nothing of it remains but objects for the next build
/// there.
/// </summary>
/// <param name="slots">For each build at a time, the workshops of all compilers.</param>
/// <param name="directory">For logs and kernels of these builds; it has nothing else.</param>
/// <param name="tell">Is told where there is too little room.</param>
/// <param name="cancellation">Of the bisection.</param>
public sealed class BuildsAhead(
    IReadOnlyList<IReadOnlyList<CompilerWorkshop>> slots, string directory, Action<BisectEvent> tell,
    CancellationToken cancellation) : IAsyncDisposable
{
    private readonly Build?[] _builds = new Build?[slots.Count];
    private readonly List<string> _taken = [];
    private bool _full;

    /// <summary>How many commits are built ahead; one more may be the one that was asked for.</summary>
    public int Count => slots.Count - 1;

    /// <summary>
    /// Ends the builds that are not wanted any more, and starts those that are, as far as there is a workshop free.
    /// </summary>
    /// <param name="now">What is measured now: its build goes on.</param>
    /// <param name="next">What may be asked for next, with the identity of the compiler to try.</param>
    public async Task WantAsync(Commit now, IReadOnlyList<(Commit Commit, string Identity)> next)
    {
        foreach (var kernel in _taken)
        {
            File.Delete(kernel);
        }
        _taken.Clear();
        for (var i = 0; i < _builds.Length; i++)
        {
            if (_builds[i] is { } build && build.Commit.Tree != now.Tree
                && !next.Any(other => other.Commit.Tree == build.Commit.Tree))
            {
                await EndAsync(i).ConfigureAwait(false);
            }
        }
        foreach (var (commit, identity) in next)
        {
            var free = Array.FindIndex(_builds, build => build is null);
            if (free >= 0 && !_full && !_builds.Any(build => build?.Commit.Tree == commit.Tree))
            {
                await StartAsync(free, commit, identity).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The result of a commit's build, where there is one with this compiler.</summary>
    /// <param name="places">Get its log and its configuration.</param>
    /// <param name="progress">Is told what it is at, while it is waited for.</param>
    /// <returns>
    /// It took as long as was waited for it. <c>null</c> when nothing is known: the commit is to be built.
    /// </returns>
    public async Task<BuildResult?> TakeAsync(
        Commit commit, string identity, StepEvidence places, Action<BuildProgress> progress)
    {
        var i = Array.FindIndex(_builds, b => b?.Commit.Tree == commit.Tree && b.Identity == identity);
        if (i < 0)
        {
            return null;
        }
        var (build, clock) = (_builds[i]!, Stopwatch.StartNew());
        build.Tell = progress;
        var result = await build.Result.WaitAsync(cancellation).ConfigureAwait(false);
        if (result is null or BuildResult.Aborted)
        {
            // Perhaps two builds at a time were too much for this machine.
            await EndAsync(i).ConfigureAwait(false);
            return null;
        }
        Move(build.Log, places.BuildLog!);
        Move(Path.ChangeExtension(build.Log, "config"), places.Config!);
        _builds[i] = null;
        build.Stop.Dispose();
        if (result is BuildResult.Built { Image: var kernel })
        {
            _taken.Add(kernel);
        }
        return result switch
        {
            BuildResult.Built built => built with { Duration = clock.Elapsed },
            BuildResult.Failed failed => failed with { Duration = clock.Elapsed },
            _ => result,
        };
    }

    /// <summary>Ends all builds.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _builds.Length; i++)
        {
            await EndAsync(i).ConfigureAwait(false);
        }
        Files.Remove(directory);
    }

    private async Task StartAsync(int slot, Commit commit, string identity)
    {
        var workshop = slots[slot].First(one => one.Identity == identity).Workshop;
        if (await workshop.ShortageAsync(commit, cancellation).ConfigureAwait(false) is { } shortage)
        {
            _full = true;
            tell(new BisectEvent.Noted($"nothing more is built ahead: {shortage}"));
            return;
        }
        Directory.CreateDirectory(directory);
        var log = Path.Combine(directory, commit.Tree + ".log");
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var build = new Build(commit, identity, log, stop);
        build.Result = BuildAsync(
            workshop, commit, Path.Combine(directory, commit.Tree), log, progress => build.Tell?.Invoke(progress),
            stop.Token);
        _builds[slot] = build;
    }

    /// <returns><c>null</c> when it was ended, or nothing came of it.</returns>
    private static async Task<BuildResult?> BuildAsync(
        KernelWorkshop workshop, Commit commit, string image, string log, Action<BuildProgress> progress,
        CancellationToken stop)
    {
        try
        {
            return await Task.Run(
                () => workshop.BuildAsync(commit, image, log, clean: false, stop, tell: progress), stop)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or UnauthorizedAccessException
            or HarnessException)
        {
            return null; // It is built when it is asked for, and what goes wrong then is told.
        }
    }

    private async Task EndAsync(int slot)
    {
        if (_builds[slot] is not { } build)
        {
            return;
        }
        await build.Stop.CancelAsync().ConfigureAwait(false);
        if (await build.Result.ConfigureAwait(false) is BuildResult.Built { Image: var kernel })
        {
            File.Delete(kernel);
        }
        File.Delete(build.Log);
        File.Delete(Path.ChangeExtension(build.Log, "config"));
        build.Stop.Dispose();
        _builds[slot] = null;
    }

    private static void Move(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Move(from, to, overwrite: true);
        }
    }

    private sealed class Build(Commit commit, string identity, string log, CancellationTokenSource stop)
    {
        public Commit Commit => commit;

        public string Identity => identity;

        public string Log => log;

        public CancellationTokenSource Stop => stop;

        public Task<BuildResult?> Result { get; set; } = Task.FromResult<BuildResult?>(null);

        /// <summary>Is told what the build is at, once it is waited for.</summary>
        public Action<BuildProgress>? Tell { get; set; }
    }
}
