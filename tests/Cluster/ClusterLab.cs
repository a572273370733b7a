using System.Globalization;
using Harness.Cluster;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Cluster;

/// <summary>A run directory of a cluster, and a cluster that does as a test says.</summary>
internal sealed class ClusterLab : ClusterEngine, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ClusterLab(int shares, int retries = 2)
    {
        Directory = new ClusterDirectory(_directory["run"]);
        foreach (var below in new[] { Directory.Elements, Directory.Outputs })
        {
            System.IO.Directory.CreateDirectory(below);
        }
        Directory.Write(Job(shares) with { Retries = retries });
        var kernels = Enumerable.Range(1, shares).Select(share => Planned(KernelOf(share)));
        ResultsFile.Write(Directory.Planned, Samples.Document([.. kernels]) with
        {
            Run = Samples.Run() with { Complete = false, Notes = [] },
        });
    }

    public ClusterDirectory Directory { get; }

    public List<ClusterEvent> Events { get; } = [];

    public ManualTimers Clock { get; } = new();

    /// <summary>What was submitted, in its order.</summary>
    public List<ElementBatch> Submitted { get; } = [];

    /// <summary>The names of submissions that were cancelled.</summary>
    public List<string> Ended { get; } = [];

    /// <summary>What the cluster lists.</summary>
    public Func<IReadOnlyList<QueuedElement>> Queue { get; set; } = () => [];

    /// <summary>What the cluster does with a submission before it takes it.</summary>
    public Action<ElementBatch> Taking { get; set; } = _ => { };

    public override string Name => "toy";

    public override string Script => "";

    public static ClusterJob Job(int shares) => new(
        "toy", "20260131-235959", new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.Zero), "harness-x",
        new ElementProgram(["/opt/harness"], ["run", "--only=debian-*"], "/work", null), [], 1, 2, shares,
        [.. Enumerable.Range(1, shares).Select(share => new ClusterShare(share, [KernelOf(share).Id]))], [], []);

    /// <summary>The kernel of a share, as a run would have tested it.</summary>
    public static KernelResult KernelOf(int share) =>
        Samples.Kernel(string.Create(CultureInfo.InvariantCulture, $"6.1.{share}"), Samples.Case("raw.a.b.none.none"));

    public static QueuedElement Queued(int submission, int share, QueueState state, string node = "node1") => new(
        string.Create(CultureInfo.InvariantCulture, $"harness-x-{submission}"), "7", share, state, node,
        state == QueueState.Lost ? "NODE_FAIL" : state.ToString(), "");

    /// <summary>An element writes that it has begun, and how it ended.</summary>
    public void Say(int share, int attempt, int? exitCode, string node = "node1") => File.WriteAllText(
        Directory.Element(share, attempt),
        $$"""{ "job": "7", "node": "{{node}}", "startedAt": 10"""
            + (exitCode is null ? " }" : $$""", "endedAt": 20, "exitCode": {{exitCode}} }"""));

    /// <summary>An element leaves its results.</summary>
    public void Finish(int share, int attempt, int of, string node = "node1")
    {
        var run = Directory.Shard(share, attempt);
        System.IO.Directory.CreateDirectory(run);
        ResultsFile.Write(Path.Combine(run, ResultsFile.Name), Samples.Document(KernelOf(share)) with
        {
            Run = Samples.Run() with { Notes = [] },
            Shard = new ShardInfo(share, of, [
                .. Enumerable.Range(1, of).Where(other => other != share).Select(other => Planned(KernelOf(other))),
            ]),
        });
        Say(share, attempt, ExitCodes.AsExpected, node);
    }

    /// <summary>All elements were submitted, by a harness that waits no longer.</summary>
    public void Submit()
    {
        var job = Directory.Read();
        Directory.Write(job with
        {
            Submissions = [new Submission(1, [.. job.Shares.Select(s => s.Index)], "7", null)],
        });
    }

    public async Task<IReadOnlyList<ElementStand>> WaitAsync(int looks, CancellationToken cancellation = default)
    {
        var waiting = new ClusterWatch(Directory, this, Samples.Probes, Clock, Events.Add).WaitAsync(cancellation);
        for (var look = 1; look < looks; look++)
        {
            await Clock.RingAsync();
        }
        return (await waiting).Elements;
    }

    public override Task<string> SubmitAsync(ElementBatch batch, CancellationToken cancellation)
    {
        Taking(batch);
        Submitted.Add(batch);
        return Task.FromResult("7");
    }

    public override Task<IReadOnlyList<QueuedElement>> ElementsAsync(
        IReadOnlyList<string> names, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<QueuedElement>>([.. Queue().Where(e => names.Contains(e.Name))]);

    public override Task CancelAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        Ended.AddRange(names);
        return Task.CompletedTask;
    }

    public static CommandException Silent() => new("the controller is away", new CliWrap.Command("toy"));

    public void Dispose() => _directory.Dispose();

    private static KernelResult Planned(KernelResult kernel) => kernel with
    {
        Status = KernelStatus.NotRun,
        Reason = NotRunReason.Interrupted,
        Cases = [],
        Console = null,
        StartedAt = null,
        AsExpected = false,
    };
}
