using Harness.Runs;

namespace Harness.Bisection;

/// <summary><c>bisect --step --image</c>: judges one kernel image.</summary>
public static class ImageStep
{
    /// <param name="tellRun">Is told of what happens in the boot.</param>
    /// <exception cref="HarnessException">Nothing is known of the image: this side is at fault.</exception>
    public static async Task<JudgedStep> JudgeAsync(
        BisectOptions options, string image, Workspace workspace, RunPlanner planner, Action<RunEvent> tellRun,
        CancellationToken cancellation)
    {
        var question = await StepQuestion.PrepareAsync(options, planner, cancellation).ConfigureAwait(false);
        var (now, results) = (workspace.Clock.GetUtcNow(), workspace.Repository.Results);
        var id = RunIds.New(now, results, "bisect-step-");
        var directory = Files.FullPath(options.Out ?? Path.Combine(results, id));
        Directory.CreateDirectory(directory);
        using var held = BisectDirectory.Lock(workspace, directory);
        var testbed = await Testbed.OfAsync(workspace, cancellation).ConfigureAwait(false);
        await using var kernels = new KernelMeasurer(
            question.Plan(planner, id, now, directory), testbed.Vm, testbed.Chooser, testbed.Environment,
            workspace.Clock, tellRun);
        var row = (await kernels.MeasureAsync(ImageIds.Of([image]), cancellation).ConfigureAwait(false)).Single();
        if (row.Result.Status is Results.KernelStatus.InfraError or Results.KernelStatus.Unavailable)
        {
            throw new UsageException($"{image} cannot be booted for a reason on our side: {row.Result.Reason}");
        }
        var (verdict, problem) = Measurement.Of(row.Result, question.Case);
        return new JudgedStep(
            JudgedStep.Of(verdict, question.Want), row.Result.Id, null, verdict, problem, directory);
    }
}
