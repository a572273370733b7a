using CliWrap;
using Harness.Cluster;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Cluster;

/// <summary>A real Slurm with two nodes on this machine, and a run of the harness on it.</summary>
internal sealed class SlurmLab : IDisposable
{
    /// <summary>The tests that take minutes: <c>make test-slurm</c>.</summary>
    public const string Category = "Slurm";

    private static readonly string _script = Path.Combine(RealRun.Repository.Path, "scripts", "slurm-testbed");

    private readonly TemporaryDirectory _directory = new();

    private SlurmLab() => Run = new ClusterDirectory(_directory["run"]);

    /// <summary>The directory of the run on the cluster.</summary>
    public ClusterDirectory Run { get; }

    public string this[params string[] parts] => _directory[parts];

    public static async Task<SlurmLab> UpAsync()
    {
        if (CommandExecution.Find("slurmctld") is null || CommandExecution.Find("munged") is null)
        {
            Assert.Ignore("no Slurm here; scripts/setup --tests installs it");
        }
        var lab = new SlurmLab();
        await lab.TestbedAsync("up");
        return lab;
    }

    /// <summary>Ends a node and all that runs on it.</summary>
    public Task KillAsync(string node) => TestbedAsync("kill", node);

    public Task StartAsync(string node) => TestbedAsync("start", node);

    /// <summary>The harness on this cluster.</summary>
    public RunningCommand Start(params string[] arguments) => RunningCommand.Start(Harness(arguments));

    public async Task<FinishedCommand> RunAsync(params string[] arguments) =>
        await Harness(arguments).TryRunAsync(CancellationToken.None);

    /// <summary>The elements that run on a node.</summary>
    public IReadOnlyList<ClusterShare> On(string node) => !File.Exists(Run.Job)
        ? []
        : [.. Run.Read().Shares.Where(share => Newest(share.Index) is { ExitCode: null } state && state.Node == node)];

    /// <summary>How many elements have said that they ended.</summary>
    public int Ended => File.Exists(Run.Job) ? Run.Read().Shares.Count(s => Newest(s.Index)?.ExitCode is not null) : 0;

    /// <summary>A run of the same kernels here, compared with the one on the cluster.</summary>
    /// <param name="failed">The kernels whose element failed.</param>
    /// <param name="arguments">What both were asked.</param>
    public async Task CompareAsync(IReadOnlyList<string> failed, params string[] arguments)
    {
        var single = await RealRun.Harness(["run", "--lock", Run.Lock, "--out", _directory["single"], .. arguments])
            .TryRunAsync(CancellationToken.None);
        Assert.That(single.ExitCode, Is.Not.EqualTo(ExitCodes.Usage), single.Describe());
        var (here, there) = (ResultsFile.Read(_directory["single"]), ResultsFile.Read(Run.Path));
        Assert.That(there.Run.Complete, Is.True);
        Assert.That(there.Kernels.Select(k => k.Id), Is.EqualTo(here.Kernels.Select(k => k.Id)));
        // What is said of a kernel depends on the others: how many of them take what it refuses.
        var rows = here.Kernels.Zip(there.Kernels, (one, other) => failed.Contains(one.Id) ? other : one);
        var expected = Samples.Analyse(here.Run, rows);
        foreach (var (one, other) in expected.Kernels.Zip(there.Kernels))
        {
            Assert.That(Text(other), Is.EqualTo(Text(one)), one.Id);
        }
        Assert.That(there.Ranges.Select(Text), Is.EqualTo(expected.Ranges.Select(Text)));
        Assert.That(there.Kernels.Where(k => !failed.Contains(k.Id)).Select(k => Path.Combine(Run.Path, k.Console!)),
            Has.All.Matches<string>(File.Exists));
    }

    public void Dispose()
    {
        TestbedAsync("down").GetAwaiter().GetResult();
        _directory.Dispose();
    }

    /// <summary>A row without what differs from one boot to the next.</summary>
    private static string Text(KernelResult kernel) => System.Text.Json.JsonSerializer.Serialize(
        kernel with
        {
            Seconds = 0,
            StartedAt = null,
            BootSeconds = null,
            ProbeSeconds = null,
            CaseStarts = null,
            CaseSeconds = null,
            Cases = [.. RealRun.Answers(kernel)],
        },
        ResultsJson.Indented.KernelResult);

    private static string Text(CaseRange range) => $"{range.Case} {range.Arch} {string.Join(", ", range.Segments)}";

    private ElementState? Newest(int share) =>
        Enumerable.Range(1, 3).Select(attempt => Run.StateOf(share, attempt)).LastOrDefault(s => s is not null);

    private Command Harness(params string[] arguments) => RealRun.Harness(arguments)
        .WithEnvironmentVariable("SLURM_CONF", _directory["slurm", "slurm.conf"]);

    private async Task TestbedAsync(string verb, params string[] arguments) =>
        await new Command(_script).WithArguments([verb, _directory["slurm"], .. arguments])
            .RunAsync(CancellationToken.None);
}
