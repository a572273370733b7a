using System.Globalization;
using Harness.Matrix;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Shards;

namespace Harness.Cluster;

/// <summary>
/// Begins a run on a cluster: checks and plans it as a run here would be, pins its kernels, and submits its elements.
/// </summary>
/// <param name="most">How many elements there are at most where nobody says a number.</param>
internal sealed class ClusterStart(
    Workspace workspace, MatrixForm form, ProbeList probes, ClusterEngine engine, int most, Action<ClusterEvent> tell)
{
    private readonly RunPlanner _planner =
        new(workspace, form, probes, text => tell(new ClusterEvent.Noted(text)));

    /// <exception cref="UsageException">An option is wrong, or the directory is in use.</exception>
    /// <exception cref="Processes.CommandException">The cluster does not take the job.</exception>
    public async Task<ClusterDirectory> SubmitAsync(ClusterOptions options, CancellationToken cancellation)
    {
        options.Validate();
        var results = workspace.Repository.Results;
        var path = Files.FullPath(options.Run.Out
            ?? Path.Combine(results, RunIds.New(workspace.Clock.GetUtcNow(), results)));
        var directory = new ClusterDirectory(path);
        var shards = Path.Combine(path, ClusterDirectory.ShardsName);
        foreach (var below in new[] { directory.Elements, directory.Outputs, shards })
        {
            Directory.CreateDirectory(below);
        }
        try
        {
            var job = await PrepareAsync(options, directory, cancellation).ConfigureAwait(false);
            await new ClusterSubmitter(directory, engine, tell)
                .SubmitAsync(job, 1, [.. job.Shares.Select(s => s.Index)], cancellation).ConfigureAwait(false);
            return directory;
        }
        catch
        {
            // Nothing was submitted, so that the directory is as it was.
            Files.Remove(directory.State);
            Files.Remove(shards);
            File.Delete(directory.Job);
            throw;
        }
    }

    private async Task<ClusterJob> PrepareAsync(
        ClusterOptions options, ClusterDirectory directory, CancellationToken cancellation)
    {
        IReadOnlyList<string> pins = [];
        var asked = options.Run with { Out = null };
        if (asked.Images.Count == 0)
        {
            await PinAsync(asked.Selection, directory.Lock, cancellation).ConfigureAwait(false);
            asked = asked with { Selection = asked.Selection with { Locked = false, Lock = directory.Lock } };
            pins = [$"--lock={directory.Lock}"];
        }
        var plan = await _planner.PlanAsync(asked, cancellation).ConfigureAwait(false);
        var id = RunIds.Named(directory.Path, workspace.Repository.Results) ?? plan.Request.RunId;
        await WritePlannedAsync(plan with { Request = plan.Request with { RunId = id } }, directory, cancellation)
            .ConfigureAwait(false);
        Files.Replace(directory.Script, engine.Script);
        File.SetUnixFileMode(directory.Script, File.GetUnixFileMode(directory.Script) | UnixFileMode.UserExecute);
        var weights = asked.Images.Count == 0 ? KernelWeights.Beside(directory.Lock) : KernelWeights.Equal;
        var of = options.ElementsOf(plan.Kernels.Count, most);
        var shares = ShardPlan.Of(plan.Kernels, weights, of).Shares;
        var atATime = asked.Boot.Jobs ?? 1;
        var jobs = string.Create(CultureInfo.InvariantCulture, $"--jobs={atATime}");
        return new ClusterJob(
            engine.Name, id, plan.Request.StartedAt, NameOf(id),
            new ElementProgram(
                ElementProgram.ThisHarness(), ["run", .. options.Arguments, .. pins, jobs],
                Directory.GetCurrentDirectory(), options.Cache),
            options.EngineArguments, atATime * plan.Cpus, options.Retries, of,
            [.. shares.Select(s => new ClusterShare(s.Shard.Index, s.Kernels))], [], []);
    }

    /// <summary>Two runs of one second, on two machines, must not take each other's elements for their own.</summary>
    private static string NameOf(string runId) => $"harness-{runId}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Pins the kernels for all elements, and keeps the weights that divide them.</summary>
    private async Task PinAsync(MatrixSelection selection, string path, CancellationToken cancellation)
    {
        var resolver = _planner.Matrices;
        var locked = await new MatrixLocker(resolver, form.Sources).LockAsync(selection, cancellation, path)
            .ConfigureAwait(false);
        if (locked.Problems.Count > 0)
        {
            throw new ClusterException("nothing is submitted, as these kernels cannot be pinned for all nodes:\n  "
                + string.Join("\n  ", locked.Problems));
        }
        foreach (var note in locked.Notes)
        {
            tell(new ClusterEvent.Noted(note));
        }
        var weights = KernelWeights.PathBeside(selection.Lock ?? resolver.PathOf(selection));
        if (File.Exists(weights))
        {
            KernelWeights.Read(weights).Write(KernelWeights.PathBeside(path));
        }
    }

    /// <summary>The run as it is before any kernel was tested.</summary>
    private async Task WritePlannedAsync(RunPlan plan, ClusterDirectory directory, CancellationToken cancellation)
    {
        var host = await workspace.HostAsync(cancellation).ConfigureAwait(false);
        var environment = new RunEnvironment(HostFacts.HarnessVersion, host, workspace.CacheRoot, _ => "");
        var planned = new RunDocumentFactory(plan, environment)
            .Make([], null, [], plan.Request.StartedAt, interrupted: true);
        ResultsFile.Write(directory.Planned, planned);
    }
}
