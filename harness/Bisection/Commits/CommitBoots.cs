using Harness.Kernels;
using Harness.Kernels.Git;
using Harness.Machines;
using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>Boots the kernel of a commit, as often as is asked, and asks the case.</summary>
/// <param name="repeat">How often it is booted; the verdicts must agree.</param>
internal sealed class CommitBoots(
    GitRepository repository, KernelMeasurer kernels, string caseId, int repeat, StepPlaces places,
    RememberedCommits memory)
{
    /// <param name="done">The step, but for its verdict.</param>
    /// <param name="identity">A hash of the kernel's configuration and the toolchain.</param>
    /// <param name="fresh">Boots it even when its verdict is remembered.</param>
    /// <exception cref="BisectionAbortedException">A failure on this side.</exception>
    public async Task<CommitStep> RunAsync(
        CommitStep done, Commit commit, string identity, BuildResult.Built built, bool fresh,
        CancellationToken cancellation)
    {
        var version = await GitKernels.VersionAsync(repository, commit, cancellation).ConfigureAwait(false);
        var source = new ImageAtHand(new BootImage(built.Image, built.Sha256));
        var kernel = new PlannedKernel(new Kernel(
            StepPlaces.KernelId(commit), version, MachineList.Default.Name, $"commit {commit.Id}", source,
            ByName: true));
        MeasuredKernel? row = null;
        for (var boot = 1; boot <= repeat; boot++)
        {
            var name = StepPlaces.RunName(done.Step, boot);
            places.Clear(name);
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
                Console = places.Relative(row.Evidence.Console),
                Ktap = places.Relative(row.Evidence.Ktap),
            };
            if (!agrees)
            {
                return done;
            }
        }
        memory.Remember(commit, identity, row!, places.Of(done.Step, commit));
        return done;
    }
}
