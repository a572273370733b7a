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
    private readonly AheadBuild?[] _builds = new AheadBuild?[slots.Count];
    private readonly List<string> _taken = [];
    private bool _toldShortage;
    private bool _gaveWay;

    /// <summary>How many commits are built ahead; one more may be the one that was asked for.</summary>
    public int Count => slots.Count - 1;

    /// <summary>
    /// Ends the builds that are not wanted any more, and starts those that are, as far as there is a workshop free, and
    /// room for all that are built at the same time.
    /// </summary>
    /// <param name="now">What is measured now: its build goes on.</param>
    /// <param name="room">Bytes of the disk that are left to the build of what is measured now.</param>
    /// <param name="next">What may be asked for next, with the identity of the compiler to try.</param>
    public async Task WantAsync(Commit now, long room, IReadOnlyList<(Commit Commit, string Identity)> next)
    {
        foreach (var kernel in _taken)
        {
            File.Delete(kernel);
        }
        _taken.Clear();
        await EndAsync(build => build.Commit.Tree != now.Tree && !next.Any(other => IsFor(build, other)))
            .ConfigureAwait(false);
        foreach (var wanted in _gaveWay ? [] : next)
        {
            if (!_builds.Any(build => build is not null && IsFor(build, wanted)))
            {
                await StartAsync(wanted.Commit, wanted.Identity, room).ConfigureAwait(false);
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
        // Another compiler is asked for than was expected: the machine is needed for that.
        await EndAsync(b => b.Commit.Tree == commit.Tree && b.Identity != identity).ConfigureAwait(false);
        var i = Array.FindIndex(_builds, b => b is not null && IsFor(b, (commit, identity)));
        if (i < 0)
        {
            return null;
        }
        var (build, clock) = (_builds[i]!, Stopwatch.StartNew());
        build.Tell = progress;
        var result = await build.ResultAsync(cancellation).ConfigureAwait(false);
        if (result is null or BuildResult.Aborted)
        {
            // Perhaps two builds at a time were too much for this machine.
            await EndAsync(b => b == build).ConfigureAwait(false);
            return null;
        }
        Move(build.Log, places.BuildLog!);
        Move(build.Config, places.Config!);
        _builds[i] = null;
        build.Release();
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

    /// <summary>
    /// Ends all builds and removes their files and objects: they may have taken what another build lacks. Nothing is
    /// built ahead from now on.
    /// </summary>
    /// <param name="reason">What became of that build.</param>
    /// <returns>Whether something was removed, so that the other build may be tried once more.</returns>
    public async Task<bool> GiveWayAsync(string reason)
    {
        await EndAsync(_ => true).ConfigureAwait(false);
        var removed = slots.SelectMany(slot => slot).Count(one => one.Workshop.TryRemove());
        if (removed > 0)
        {
            tell(new BisectEvent.Noted($"nothing more is built ahead, and what was is removed: {reason}"));
        }
        _gaveWay = true;
        return removed > 0;
    }

    /// <summary>Ends all builds.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync(_ => true).ConfigureAwait(false);
        Files.Remove(directory);
    }

    private static bool IsFor(AheadBuild build, (Commit Commit, string Identity) wanted) =>
        build.Commit.Tree == wanted.Commit.Tree && build.Identity == wanted.Identity;

    /// <param name="room">Bytes that are left to the build of what is measured now.</param>
    private async Task StartAsync(Commit commit, string identity, long room)
    {
        // A workshop with objects builds sooner, and takes less room.
        var free = Enumerable.Range(0, slots.Count).Where(i => _builds[i] is null)
            .Select(i => (Slot: i, slots[i].First(one => one.Identity == identity).Workshop))
            .OrderByDescending(one => one.Workshop.HasObjects).ToList();
        if (free.Count == 0)
        {
            return;
        }
        var (slot, workshop) = free[0];
        var reserved = room + _builds.Sum(build => build?.Reserved ?? 0);
        if (await workshop.ShortageAsync(commit, cancellation, reserved).ConfigureAwait(false) is { } shortage)
        {
            if (!_toldShortage)
            {
                tell(new BisectEvent.Noted($"not all is built ahead: {shortage}"));
            }
            _toldShortage = true;
            return;
        }
        Directory.CreateDirectory(directory);
        var needed = await workshop.NeededAsync(commit, cancellation).ConfigureAwait(false);
        // A build with another compiler may be at work on the same tree.
        var image = Path.Combine(directory, $"{commit.Tree}-{identity}");
        var build = new AheadBuild(commit, identity, image + ".log", needed, cancellation);
        build.Start(workshop, image);
        _builds[slot] = build;
    }

    /// <summary>Ends some builds, all of them also when one cannot be tidied away.</summary>
    private async Task EndAsync(Func<AheadBuild, bool> which)
    {
        var ending = new List<Task>();
        foreach (var (slot, build) in _builds.Index())
        {
            if (build is not null && which(build))
            {
                _builds[slot] = null;
                ending.Add(build.EndAsync());
            }
        }
        await Task.WhenAll(ending).ConfigureAwait(false);
    }

    private static void Move(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Move(from, to, overwrite: true);
        }
    }
}
