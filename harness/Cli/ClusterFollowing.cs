using Harness.Cluster;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>Runs, waits for and cancels runs on a cluster, and shows how they go: the same for every engine.</summary>
internal sealed class ClusterFollowing(VerbContext context, ClusterEngine engine)
{
    /// <summary>Submits a run and waits for it.</summary>
    /// <param name="most">How many elements there are at most where nobody says a number.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ClusterOptions options, int most, CancellationToken cancellation)
    {
        var (terminal, workspace, catalog) = context;
        await using var display = new ClusterDisplay(terminal, workspace.Clock);
        var start = new ClusterStart(workspace, catalog.Matrix, catalog.Probes, engine, most, display.Take);
        var directory = await start.SubmitAsync(options, cancellation).ConfigureAwait(false);
        using var watch = Watch(directory);
        return await WaitAsync(directory, display, null, cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits for a run that was submitted before.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">Another harness waits for it, or there is none.</exception>
    public async Task<int> AttachAsync(string path, CancellationToken cancellation)
    {
        var directory = Read(path);
        using var watch = Watch(directory);
        await using var display = new ClusterDisplay(context.Terminal, context.Workspace.Clock);
        return await WaitAsync(directory, display, Attached(directory), cancellation).ConfigureAwait(false);
    }

    /// <summary>Cancels a run. Whoever waits for it joins what was measured.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> CancelAsync(string path, CancellationToken cancellation)
    {
        var directory = Read(path);
        File.WriteAllText(directory.Cancelled, "");
        using var watch = directory.TryWatch();
        if (watch is null)
        {
            await engine.CancelAsync(directory.Read().Names, cancellation).ConfigureAwait(false);
            context.Terminal.Line("cancelled; the harness that waits for it joins what was measured");
            return ExitCodes.AsExpected;
        }
        await using var display = new ClusterDisplay(context.Terminal, context.Workspace.Clock);
        var code = await WaitAsync(directory, display, Attached(directory), cancellation).ConfigureAwait(false);
        return cancellation.IsCancellationRequested ? code : ExitCodes.AsExpected;
    }

    private ClusterDirectory Read(string path)
    {
        var directory = new ClusterDirectory(Files.FullPath(path));
        var job = directory.Read();
        return job.Engine == engine.Name
            ? directory
            : throw new UsageException($"{directory.Path} is a run of {job.Engine}, not of {engine.Name}");
    }

    private static FileStream Watch(ClusterDirectory directory) => directory.TryWatch()
        ?? throw new UsageException($"{directory.Path}: another harness waits for this run already");

    private static ClusterEvent.Attached Attached(ClusterDirectory directory)
    {
        var job = directory.Read();
        return new(
            job.JobIds, job.Shares.Count, job.Shares.Sum(s => s.Kernels.Count), directory.Path, job.SubmittedAt);
    }

    /// <param name="first">What is told before the elements are waited for; <c>null</c> for nothing.</param>
    private async Task<int> WaitAsync(
        ClusterDirectory directory, ClusterDisplay display, ClusterEvent? first, CancellationToken cancellation)
    {
        var (terminal, workspace, catalog) = context;
        await using var log = new RunLog(directory.State, terminal, verbose: false);
        var watch = new ClusterWatch(directory, engine, catalog.Probes, workspace.Clock, Tell);
        if (first is not null)
        {
            Tell(first);
        }
        try
        {
            var (job, elements) = await watch.WaitAsync(cancellation).ConfigureAwait(false);
            await display.DisposeAsync().ConfigureAwait(false);
            var merged = new ClusterCollection(directory, job, catalog.Probes).Collect(elements);
            FinishedRun.Publish(context, merged, directory.Path);
            return elements.Any(e => e.Phase == ElementPhase.Cancelled)
                ? ExitCodes.Interrupted
                : RunExitCode.Of(merged.Document);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await display.DisposeAsync().ConfigureAwait(false);
            // A command on a line of its own can be copied from a narrow screen, too.
            terminal.Line("The job goes on. To wait for it, or to cancel it:");
            terminal.Line($"  harness cluster {engine.Name} attach {directory.Path}");
            terminal.Line($"  harness cluster {engine.Name} cancel {directory.Path}");
            return ExitCodes.Interrupted;
        }

        void Tell(ClusterEvent happened)
        {
            log.Take(happened);
            display.Take(happened);
        }
    }
}
