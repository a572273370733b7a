using System.Globalization;
using CliWrap;
using Harness.Processes;

namespace Harness.Cluster.Slurm;

/// <summary>
/// A job array of Slurm, by <c>sbatch</c>, <c>squeue</c> and <c>scancel</c> alone: no accounting is needed.
/// </summary>
internal sealed class SlurmEngine : ClusterEngine
{
    /// <summary>Slurm's default is an array of at most 1,001 elements, of which the first would be number 0.</summary>
    public const int MostElements = 1000;

    /// <summary>The client tools give up on their own after a minute or two.</summary>
    private static readonly TimeSpan _longestAnswer = TimeSpan.FromMinutes(5);

    public override string Name => "slurm";

    public override string Script => EmbeddedText.Read("slurm-element");

    /// <exception cref="UsageException">A program of Slurm is not there.</exception>
    public static void RequireTools()
    {
        foreach (var program in new[] { "sbatch", "squeue", "scancel" })
        {
            if (CommandExecution.Find(program) is null)
            {
                throw new UsageException($"{program} is not installed: run this where jobs of Slurm are submitted");
            }
        }
    }

    public override async Task<string> SubmitAsync(ElementBatch batch, CancellationToken cancellation)
    {
        try
        {
            var submitted = await new Command("sbatch").WithArguments(Arguments(batch)).RunAsync(
                cancellation, _longestAnswer).ConfigureAwait(false);
            return JobOf(submitted.StandardOutput) ?? throw new CommandException(
                $"sbatch names no job: {submitted.StandardOutput.Trim()}", submitted.Command);
        }
        catch (CommandException e) when (Advice(e.Message, batch.Shares.Max()) is { } advice)
        {
            throw new CommandException($"{e.Message}\n{advice}", e.Command, e);
        }
    }

    /// <summary>
    /// What to do where sbatch does not take an array: it does not say how many elements it would take, and a site may
    /// take fewer than Slurm does by default. Pure.
    /// </summary>
    /// <param name="last">The number of the array's last element.</param>
    /// <returns><c>null</c> where it failed for another reason.</returns>
    internal static string? Advice(string complaint, int last) =>
        complaint.Contains("Invalid job array specification", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"The array has elements up to {last}, and the cluster takes")
                + " numbers below its MaxArraySize (`scontrol show config`): ask for fewer with --shards, or for more"
                + " kernels in each with --chunk"
            : null;

    public override async Task<IReadOnlyList<QueuedElement>> ElementsAsync(
        IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var listed = await new Command("squeue").WithArguments([
            "--noheader", "--array", "--states=all", $"--name={string.Join(',', names)}",
            $"--format={SlurmQueue.Format}",
        ]).RunAsync(cancellation, _longestAnswer).ConfigureAwait(false);
        return SlurmQueue.Parse(listed.StandardOutput);
    }

    public override async Task CancelAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            // Not by id: an array that Slurm has forgotten would be an error.
            await new Command("scancel").WithArguments([$"--name={name}"]).RunAsync(cancellation, _longestAnswer)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The user's own arguments come first, so that none of them undoes what the harness relies on. A lost element is
    /// not queued again by Slurm but by the harness, which counts how often. Pure.
    /// </summary>
    internal static IReadOnlyList<string> Arguments(ElementBatch batch)
    {
        var (job, directory) = (batch.Job, batch.Directory);
        var element = job.Element;
        var suffix = batch.Attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{batch.Attempt}");
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={job.Cpus}"),
            .. job.EngineArguments,
            "--parsable",
            "--no-requeue",
            $"--job-name={batch.Name}",
            $"--array={string.Join(',', batch.Shares.Select(s => s.ToString(CultureInfo.InvariantCulture)))}",
            $"--chdir={element.WorkingDirectory}",
            $"--output={directory.Outputs.Replace("%", "%%", StringComparison.Ordinal)}/%a{suffix}.log",
            "--open-mode=append",
            directory.Script,
            directory.Path,
            batch.Attempt.ToString(CultureInfo.InvariantCulture),
            job.Of.ToString(CultureInfo.InvariantCulture),
            element.Cache ?? "",
            .. element.Harness,
            .. element.Run,
        ];
    }

    /// <summary>The id in the answer of <c>sbatch --parsable</c>: <c>ID</c> or <c>ID;CLUSTER</c>.</summary>
    internal static string? JobOf(string output)
    {
        var id = output.Trim().Split('\n')[^1].Split(';')[0].Trim();
        return id.Length > 0 && id.All(char.IsAsciiDigit) ? id : null;
    }
}
