using System.Globalization;
using Harness.Kernels;
using Harness.Kernels.Git;
using Harness.Machines;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>Builds a commit and boots what was built, unless its tree was measured before.</summary>
/// <param name="identity">A hash of the kernel's configuration and the toolchain.</param>
/// <param name="prober">The SHA256 of the prober that has the case.</param>
/// <param name="repeat">How often each kernel is booted; the verdicts must agree.</param>
/// <param name="directory">The bisection's directory.</param>
/// <param name="image">The path at which the kernel to boot is put.</param>
/// <param name="tell">Is told what builds are at.</param>
public sealed class CommitMeasurer(
    GitRepository repository, KernelWorkshop workshop, KernelMeasurer kernels, VerdictMemory memory,
    string caseId, string identity, string prober, int repeat, string directory, string image,
    Action<BisectEvent> tell)
{
    /// <param name="onTopOf">The parent on whose build the culprit is built to confirm it. A confirmation without it is
    /// built from an empty directory.</param>
    /// <exception cref="BisectionAbortedException">A failure on this side.</exception>
    public async Task<CommitStep> MeasureAsync(
        int step, CommitStepKind kind, Commit commit, Commit? onTopOf, CancellationToken cancellation)
    {
        var fresh = kind == CommitStepKind.Confirmation;
        var done = new CommitStep(step, kind, commit.Id, commit.Subject, null, null, false, 0, 0, null, null, null);
        if (!fresh && repeat == 1 && Recall(commit) is { } known)
        {
            return done with
            {
                Verdict = new Verdict(known.Outcome, known.Step, known.Errno),
                Remembered = true,
                Ktap = File.Exists(known.Evidence) ? Relative(known.Evidence) : null,
            };
        }
        var logs = Directory.CreateDirectory(Path.Combine(directory, "builds")).FullName;
        var log = Path.Combine(logs, string.Create(CultureInfo.InvariantCulture, $"step-{step}-{commit.Short}.log"));
        var clean = fresh && onTopOf is null;
        var build = await workshop.BuildAsync(
            commit, image, log, clean, cancellation, onTopOf,
            progress => tell(new BisectEvent.BuildProgressed(commit, progress))).ConfigureAwait(false);
        done = done with { BuildLog = Relative(log) };
        return build switch
        {
            BuildResult.Aborted aborted => throw new BisectionAbortedException(aborted.Reason),
            BuildResult.Failed failed =>
                done with { Problem = failed.Reason, BuildSeconds = failed.Duration.TotalSeconds },
            BuildResult.Built built => await BootAsync(
                done with { BuildSeconds = built.Duration.TotalSeconds }, commit, built, fresh, cancellation)
                .ConfigureAwait(false),
            _ => throw new InvalidOperationException($"{build} is not known"),
        };
    }

    private async Task<CommitStep> BootAsync(
        CommitStep done, Commit commit, BuildResult.Built built, bool fresh, CancellationToken cancellation)
    {
        var version = await GitKernels.VersionAsync(repository, commit, cancellation).ConfigureAwait(false);
        var source = new ImageAtHand(new BootImage(built.Image, built.Sha256));
        var kernel = new PlannedKernel(new Kernel(
            $"commit-{commit.Short}", version, MachineList.Default.Name, $"commit {commit.Id}", source, ByName: true));
        MeasuredKernel? row = null;
        for (var boot = 1; boot <= repeat; boot++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"step-{done.Step}{(boot == 1 ? "" : $"-{boot}")}");
            Files.Remove(Path.Combine(directory, name)); // A killed bisection may have left a part of the same step.
            row = (await kernels.MeasureAsync([kernel], cancellation, name, fresh || repeat > 1, remember: repeat == 1)
                .ConfigureAwait(false)).Single();
            if (row.Result.Status == KernelStatus.InfraError)
            {
                throw new BisectionAbortedException(
                    $"{commit.Short} cannot be booted for a reason on our side: {row.Result.Reason}");
            }
            var (verdict, problem) = Measurement.Of(row.Result, caseId);
            var agrees = boot == 1 || (verdict, problem) == (done.Verdict, done.Problem);
            done = done with
            {
                Verdict = agrees ? verdict : null,
                Problem = agrees ? problem : "boots of the same kernel disagree: "
                    + $"{done.Verdict?.ToString() ?? done.Problem}, then {verdict?.ToString() ?? problem}",
                Remembered = row.Remembered,
                Seconds = done.Seconds + row.Result.Seconds,
                Console = row.Console is null ? null : Relative(row.Console),
                Ktap = row.Evidence is null ? null : Relative(row.Evidence),
            };
            if (!agrees)
            {
                return done;
            }
        }
        Remember(commit, row!);
        return done;
    }

    private RememberedCase? Recall(Commit commit) =>
        kernels.Parameters is { } parameters
            ? memory.Recall(Key(commit, parameters))?.Cases.GetValueOrDefault(caseId)
            : null;

    private void Remember(Commit commit, MeasuredKernel row)
    {
        if (row.Result.Status == KernelStatus.Tested && kernels.Parameters is { } parameters)
        {
            memory.Remember(Key(commit, parameters), row.Result, new HashSet<string> { caseId }, row.Evidence);
        }
    }

    private VerdictKey Key(Commit commit, string parameters) =>
        new($"tree {commit.Tree}, built with {identity}", prober, parameters);

    private string Relative(string path) => Path.GetRelativePath(directory, path);
}
