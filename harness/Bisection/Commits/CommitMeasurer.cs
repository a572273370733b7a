using System.Globalization;
using Harness.Kernels;
using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>Builds a commit and boots what was built, unless its tree or its kernel was measured before.</summary>
/// <param name="workshops">One for each compiler, in the order in which they are tried.</param>
/// <param name="prober">The SHA256 of the prober that has the case.</param>
/// <param name="repeat">How often each kernel is booted; the verdicts must agree.</param>
/// <param name="directory">The bisection's directory.</param>
/// <param name="cacheRoot">The user's cache, which remembers verdicts with what was seen.</param>
/// <param name="image">The path at which the kernel to boot is put.</param>
/// <param name="tell">Is told what builds are at.</param>
public sealed class CommitMeasurer(
    GitRepository repository, IReadOnlyList<CompilerWorkshop> workshops, KernelMeasurer kernels, string cacheRoot,
    string caseId, string prober, int repeat, string directory, string image, Action<BisectEvent> tell)
{
    private readonly RememberedCommits _memory = new(kernels, cacheRoot, caseId, prober);
    private readonly CompilerChoice _compilers = new(repository, workshops);
    private readonly StepPlaces _places = new(directory);
    private readonly CommitBoots _boots = new(
        repository, kernels, caseId, repeat, new StepPlaces(directory),
        new RememberedCommits(kernels, cacheRoot, caseId, prober));

    /// <summary>Patch each tree before it is built; <c>null</c> where none is patched.</summary>
    public TreePatches? Patches { get; init; }

    /// <summary>Builds what may be asked for next; <c>null</c> where nothing is built ahead.</summary>
    public BuildsAhead? Ahead { get; init; }

    /// <summary>Measures a commit as the journal's next step.</summary>
    /// <param name="earlier">What counts of the steps before: a kernel that gave no verdict is not booted
    /// again.</param>
    /// <param name="onTopOf">The parent on whose build the culprit is built to confirm it. A confirmation without it is
    /// built from an empty directory.</param>
    /// <param name="left">How many steps are left; <c>null</c> where nobody knows.</param>
    /// <param name="eta">How long they take.</param>
    /// <param name="next">Commits that may be asked for next.</param>
    /// <exception cref="BisectionAbortedException">A failure on this side.</exception>
    public async Task<CommitStep> NextAsync(
        CommitJournal journal, CommitStepKind kind, Commit commit, IEnumerable<CommitStep> earlier,
        CancellationToken cancellation, Commit? onTopOf = null, int? left = null, TimeSpan? eta = null,
        IReadOnlyList<Commit>? next = null)
    {
        var number = journal.Steps.Count + 1;
        tell(new BisectEvent.CommitTesting(number, commit, left, eta));
        var known = earlier.ToList();
        if (Ahead is not null)
        {
            await BuildAheadAsync(Ahead, commit, next ?? [], known, cancellation).ConfigureAwait(false);
        }
        var step = await MeasureAsync(number, kind, commit, onTopOf, known, cancellation).ConfigureAwait(false);
        journal.Add(step);
        tell(new BisectEvent.CommitTested(step));
        return step;
    }

    private async Task<CommitStep> MeasureAsync(
        int step, CommitStepKind kind, Commit commit, Commit? onTopOf, List<CommitStep> known,
        CancellationToken cancellation)
    {
        var fresh = kind == CommitStepKind.Confirmation;
        var done = new CommitStep(step, kind, commit.Id, commit.Subject, null, null, false, 0, 0, null, null, null);
        var patched = await PatchedAsync(commit, cancellation).ConfigureAwait(false);
        done = done with { Patches = patched.Applied, Problem = patched.Problem };
        if (patched.Problem is not null)
        {
            return done;
        }
        commit = patched.Commit;
        onTopOf = onTopOf is null ? null : (await PatchedAsync(onTopOf, cancellation).ConfigureAwait(false)).Commit;
        var places = _places.Of(step, commit);
        var order = await _compilers.OrderAsync(commit, onTopOf, known, cancellation).ConfigureAwait(false);
        foreach (var (i, workshop) in order.Index())
        {
            if (!fresh && repeat == 1
                && _memory.Recall(commit, workshop.Identity, places) is var (remembered, seen))
            {
                return Remembered(done, workshop, remembered, seen);
            }
            var ahead = Ahead is null || fresh
                ? null
                : await Ahead.TakeAsync(commit, workshop.Identity, places, Progressed).ConfigureAwait(false);
            var build = ahead ?? await WithRoomAsync(() => workshop.Workshop.BuildAsync(
                commit, image, places.BuildLog!, fresh && onTopOf is null, cancellation, onTopOf, Progressed))
                .ConfigureAwait(false);
            done = done with
            {
                BuildLog = _places.Relative(places.BuildLog),
                Config = _places.Relative(places.Existing().Config),
                BuiltAhead = ahead is not null,
            };
            switch (build)
            {
                case BuildResult.Aborted aborted:
                    throw new BisectionAbortedException(aborted.Reason);
                case BuildResult.Failed failed:
                    done = Failed(done, failed, workshop.Compiler);
                    if (failed.BeforeCompilers || i == order.Count - 1)
                    {
                        return done;
                    }
                    StepPlaces.KeepFailed(places, workshop.Compiler!);
                    break;
                case BuildResult.Built built:
                    done = done with
                    {
                        Problem = null,
                        BuildSeconds = done.BuildSeconds + built.Duration.TotalSeconds,
                        CompilerCache = built.CompilerCache,
                        Image = built.Sha256,
                        Compiler = workshop.Compiler?.Name,
                    };
                    var same = fresh ? null : known.FindLast(s => s.Image == built.Sha256 && s.Verdict is null);
                    return same is null
                        ? await _boots.RunAsync(done, commit, workshop.Identity, built, fresh, cancellation)
                            .ConfigureAwait(false)
                        : SameAs(same, done);
                default:
                    throw new InvalidOperationException($"{build} is not known");
            }
        }
        throw new InvalidOperationException("there is no compiler");

        void Progressed(BuildProgress progress) => tell(new BisectEvent.BuildProgressed(commit, progress));
    }

    /// <summary>Has those built of which nothing is remembered, as they are when they are asked for.</summary>
    private async Task BuildAheadAsync(
        BuildsAhead ahead, Commit now, IReadOnlyList<Commit> next, List<CommitStep> known,
        CancellationToken cancellation)
    {
        var wanted = new List<(Commit Commit, string Identity)>();
        foreach (var commit in next)
        {
            var patched = await PatchedAsync(commit, cancellation).ConfigureAwait(false);
            var order = await _compilers.OrderAsync(commit, null, known, cancellation).ConfigureAwait(false);
            if (patched.Problem is null && !_memory.Knows(patched.Commit, order[0].Identity))
            {
                wanted.Add((patched.Commit, order[0].Identity));
            }
        }
        now = (await PatchedAsync(now, cancellation).ConfigureAwait(false)).Commit;
        var room = await workshops[0].Workshop.NeededAsync(now, cancellation).ConfigureAwait(false);
        await ahead.WantAsync(now, room, wanted).ConfigureAwait(false);
    }

    /// <summary>
    /// Builds, and builds once more without those that are built ahead, where this machine failed the first build: they
    /// may have taken its disk or its memory.
    /// </summary>
    private async Task<BuildResult> WithRoomAsync(Func<Task<BuildResult>> buildAsync)
    {
        try
        {
            var result = await buildAsync().ConfigureAwait(false);
            if (result is not BuildResult.Aborted aborted || Ahead is null
                || !await Ahead.GiveWayAsync(aborted.Reason).ConfigureAwait(false))
            {
                return result;
            }
        }
        catch (IOException e) when (Ahead is not null)
        {
            if (!await Ahead.GiveWayAsync(e.Message).ConfigureAwait(false))
            {
                throw;
            }
        }
        return await buildAsync().ConfigureAwait(false);
    }

    private async Task<PatchedCommit> PatchedAsync(Commit commit, CancellationToken cancellation) => Patches is null
        ? new PatchedCommit(commit, [], null)
        : await Patches.ApplyAsync(commit, cancellation).ConfigureAwait(false);

    /// <summary>With what each compiler says, where there are several.</summary>
    private static CommitStep Failed(CommitStep done, BuildResult.Failed failed, Compiler? compiler)
    {
        var reason = compiler is null || failed.BeforeCompilers ? failed.Reason : $"{compiler.Name}: {failed.Reason}";
        return done with
        {
            Problem = done.Problem is { } before ? $"{before}; {reason}" : reason,
            BuildSeconds = done.BuildSeconds + failed.Duration.TotalSeconds,
        };
    }

    private CommitStep Remembered(
        CommitStep done, CompilerWorkshop workshop, RememberedCase known, StepEvidence seen) => done with
        {
            Verdict = new Verdict(known.Outcome, known.Step, known.Errno),
            Problem = null,
            SkipReason = known.Skipped ? known.Reason : null,
            Remembered = true,
            Compiler = workshop.Compiler?.Name,
            BuildLog = _places.Relative(seen.BuildLog),
            Config = _places.Relative(seen.Config),
            Console = _places.Relative(seen.Console),
            Ktap = _places.Relative(seen.Ktap),
        };

    /// <summary>What a kernel came to that is the same, byte for byte, as one that gave no verdict.</summary>
    private static CommitStep SameAs(CommitStep same, CommitStep done)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $" (step {same.Step}, the same kernel)");
        return done with
        {
            Problem = same.Problem + (same.Remembered ? "" : number),
            Remembered = true,
            Console = same.Console,
            Ktap = same.Ktap,
        };
    }
}
