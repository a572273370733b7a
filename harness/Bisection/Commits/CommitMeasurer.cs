using System.Globalization;
using Harness.Kernels;
using Harness.Kernels.Git;
using Harness.Machines;
using Harness.Results;
using Harness.Runs;

namespace Harness.Bisection.Commits;

/// <summary>Builds a commit and boots what was built, unless its tree or its kernel was measured before.</summary>
/// <param name="identity">A hash of the kernel's configuration and the toolchain.</param>
/// <param name="prober">The SHA256 of the prober that has the case.</param>
/// <param name="repeat">How often each kernel is booted; the verdicts must agree.</param>
/// <param name="directory">The bisection's directory.</param>
/// <param name="cacheRoot">The user's cache, which remembers verdicts with what was seen.</param>
/// <param name="image">The path at which the kernel to boot is put.</param>
/// <param name="tell">Is told what builds are at.</param>
public sealed class CommitMeasurer(
    GitRepository repository, KernelWorkshop workshop, KernelMeasurer kernels, string cacheRoot,
    string caseId, string identity, string prober, int repeat, string directory, string image,
    Action<BisectEvent> tell)
{
    /// <summary>Patch each tree before it is built; <c>null</c> where none is patched.</summary>
    public TreePatches? Patches { get; init; }

    private readonly VerdictMemory _memory = new(cacheRoot);
    private readonly EvidenceMemory _evidence = new(cacheRoot);

    /// <summary>Measures a commit as the journal's next step.</summary>
    /// <param name="earlier">What counts of the steps before: a kernel that gave no verdict is not booted
    /// again.</param>
    /// <param name="onTopOf">The parent on whose build the culprit is built to confirm it. A confirmation without it is
    /// built from an empty directory.</param>
    /// <param name="left">How many steps are left; <c>null</c> where nobody knows.</param>
    /// <param name="eta">How long they take.</param>
    /// <exception cref="BisectionAbortedException">A failure on this side.</exception>
    public async Task<CommitStep> NextAsync(
        CommitJournal journal, CommitStepKind kind, Commit commit, IEnumerable<CommitStep> earlier,
        CancellationToken cancellation, Commit? onTopOf = null, int? left = null, TimeSpan? eta = null)
    {
        var number = journal.Steps.Count + 1;
        tell(new BisectEvent.CommitTesting(number, commit, left, eta));
        var step = await MeasureAsync(number, kind, commit, onTopOf, earlier, cancellation).ConfigureAwait(false);
        journal.Add(step);
        tell(new BisectEvent.CommitTested(step));
        return step;
    }

    private async Task<CommitStep> MeasureAsync(
        int step, CommitStepKind kind, Commit commit, Commit? onTopOf, IEnumerable<CommitStep> earlier,
        CancellationToken cancellation)
    {
        var fresh = kind == CommitStepKind.Confirmation;
        var done = new CommitStep(step, kind, commit.Id, commit.Subject, null, null, false, 0, 0, null, null, null);
        if (Patches is not null)
        {
            var patched = await Patches.ApplyAsync(commit, cancellation).ConfigureAwait(false);
            if (patched.Problem is { } problem)
            {
                return done with { Problem = problem, Patches = patched.Applied };
            }
            (commit, done) = (patched.Commit, done with { Patches = patched.Applied });
            onTopOf = onTopOf is null
                ? null
                : (await Patches.ApplyAsync(onTopOf, cancellation).ConfigureAwait(false)).Commit;
        }
        if (!fresh && repeat == 1 && Recall(commit, step) is var (known, seen))
        {
            return done with
            {
                Verdict = new Verdict(known.Outcome, known.Step, known.Errno),
                SkipReason = known.Skipped ? known.Reason : null,
                Remembered = true,
                BuildLog = Relative(seen.BuildLog),
                Config = Relative(seen.Config),
                Console = Relative(seen.Console),
                Ktap = Relative(seen.Ktap),
            };
        }
        var places = PlacesOf(step, commit);
        Directory.CreateDirectory(Path.GetDirectoryName(places.BuildLog)!);
        var build = await workshop.BuildAsync(
            commit, image, places.BuildLog!, fresh && onTopOf is null, cancellation, onTopOf,
            progress => tell(new BisectEvent.BuildProgressed(commit, progress))).ConfigureAwait(false);
        done = done with { BuildLog = Relative(places.BuildLog), Config = Relative(places.Existing().Config) };
        switch (build)
        {
            case BuildResult.Aborted aborted:
                throw new BisectionAbortedException(aborted.Reason);
            case BuildResult.Failed failed:
                return done with { Problem = failed.Reason, BuildSeconds = failed.Duration.TotalSeconds };
            case BuildResult.Built built:
                done = done with
                {
                    BuildSeconds = built.Duration.TotalSeconds,
                    CompilerCache = built.CompilerCache,
                    Image = built.Sha256,
                };
                var same = fresh ? null : earlier.LastOrDefault(s => s.Image == built.Sha256 && s.Verdict is null);
                return same is null
                    ? await BootAsync(done, commit, built, fresh, cancellation).ConfigureAwait(false)
                    : SameAs(same, done);
            default:
                throw new InvalidOperationException($"{build} is not known");
        }
    }

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

    private async Task<CommitStep> BootAsync(
        CommitStep done, Commit commit, BuildResult.Built built, bool fresh, CancellationToken cancellation)
    {
        var version = await GitKernels.VersionAsync(repository, commit, cancellation).ConfigureAwait(false);
        var source = new ImageAtHand(new BootImage(built.Image, built.Sha256));
        var kernel = new PlannedKernel(new Kernel(
            KernelId(commit), version, MachineList.Default.Name, $"commit {commit.Id}", source, ByName: true));
        MeasuredKernel? row = null;
        for (var boot = 1; boot <= repeat; boot++)
        {
            var name = StepName(done.Step)
                + (boot == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{boot}"));
            Files.Remove(Path.Combine(directory, name)); // A killed bisection may have left a part of the same step.
            row = (await kernels.MeasureAsync([kernel], cancellation, name, fresh || repeat > 1, remember: repeat == 1)
                .ConfigureAwait(false)).Single();
            if (row.Result.Status == KernelStatus.InfraError)
            {
                throw new BisectionAbortedException(
                    $"{commit.Short} cannot be booted for a reason on our side: {row.Result.Reason}");
            }
            var measurement = Measurement.Of(row.Result, caseId);
            var (verdict, problem) = measurement;
            var agrees = boot == 1 || (verdict, problem) == (done.Verdict, done.Problem);
            done = done with
            {
                Verdict = agrees ? verdict : null,
                SkipReason = agrees ? measurement.SkipReason : null,
                Problem = agrees ? problem : "boots of the same kernel disagree: "
                    + $"{done.Verdict?.ToString() ?? done.Problem}, then {verdict?.ToString() ?? problem}",
                Remembered = row.Remembered,
                Seconds = done.Seconds + row.Result.Seconds,
                Console = Relative(row.Evidence.Console),
                Ktap = Relative(row.Evidence.Ktap),
            };
            if (!agrees)
            {
                return done;
            }
        }
        Remember(commit, row!, PlacesOf(done.Step, commit));
        return done;
    }

    /// <summary>
    /// What is remembered of a commit's tree; what was seen then is put into the bisection's directory.
    /// </summary>
    private (RememberedCase Case, StepEvidence Seen)? Recall(Commit commit, int step)
    {
        if (kernels.SeesHost
            || kernels.Parameters is not { } parameters
            || _memory.Recall(Key(commit, parameters))?.Cases.GetValueOrDefault(caseId) is not { } known
            || _evidence.Find(known.Evidence) is not { } kept)
        {
            return null;
        }
        var places = PlacesOf(step, commit);
        kept.CopyTo(places);
        return (known, places.Existing());
    }

    private void Remember(Commit commit, MeasuredKernel row, StepEvidence built)
    {
        if (!kernels.SeesHost && row.Result.Status == KernelStatus.Tested && kernels.Parameters is { } parameters)
        {
            var kept = _evidence.Keep(
                row.Evidence with { BuildLog = built.BuildLog, Config = built.Config });
            _memory.Remember(Key(commit, parameters), row.Result, new HashSet<string> { caseId }, kept);
        }
    }

    private VerdictKey Key(Commit commit, string parameters) =>
        new($"tree {commit.Tree}, built with {identity}", prober, parameters);

    /// <summary>Where the bisection's directory has the evidence of a step.</summary>
    private StepEvidence PlacesOf(int step, Commit commit)
    {
        var run = new RunDirectory(Path.Combine(directory, StepName(step)));
        var build = Path.Combine(directory, "builds", $"{StepName(step)}-{commit.Short}");
        return new StepEvidence(
            run.Ktap(KernelId(commit)), run.Console(KernelId(commit)), build + ".log", build + ".config");
    }

    private static string KernelId(Commit commit) => $"commit-{commit.Short}";

    private static string StepName(int step) => string.Create(CultureInfo.InvariantCulture, $"step-{step}");

    private string? Relative(string? path) => path is null ? null : Path.GetRelativePath(directory, path);
}
