using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Scripts;

/// <summary>
/// scripts/simulate-jobs and scripts/simulate-cluster, of kernels that are few and alike enough to be reckoned by hand.
/// </summary>
public sealed class SimulationTests
{
    /// <summary>
    /// On a line of 1,000 Mbit/s a package takes a quarter of an hour, what is put into the store half an hour, and
    /// what is read there a quarter. A kernel is booted for an hour, or restored for half of one.
    /// </summary>
    private const string Figures = """
        {
          "warmSeconds": 0.5, "snapshot": 112.5e9,
          "element": {"seconds": 0, "lockedKernelSeconds": 0},
          "row": {"cpu": 0, "reused": 900, "written": 0},
          "merge": {"kernelSeconds": 900, "namedSeconds": 0, "mib": 0, "kernelMib": 256, "namedMib": 0},
          "machines": [{"name": "m", "seconds": 1, "download": 1, "image": 1, "unpacks": true, "warm": true}],
          "kernels": [{"id": "k", "seconds": 3600, "download": 112.5e9, "image": 56.25e9, "unpacked": 56.25e9}]
        }
        """;

    private const string Head =
        "run           nodes   tested h  joined h     core h    busy  mirror TB    busy  store TB    busy  merge GiB\n";

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove() => _directory.Dispose();

    /// <summary>Longest first: with two at a time, the shortest follows the second one and its row.</summary>
    [Test]
    public async Task More_VMs_at_a_time_take_as_long_as_their_rows_let_them()
    {
        var results = _directory.Write("results.json", """
            {"kernels": [
              {"status": "tested", "seconds": 10}, {"status": "tested", "seconds": 20},
              {"status": "tested", "seconds": 30}, {"status": "crashed", "seconds": 99},
              {"status": "tested", "seconds": 99, "reusedFrom": "an earlier run"}]}
            """);
        await RequireAsync("simulate-jobs", results, "--jobs 1 2 3 --row-cpu 1 --row-journal 0.5", """
            3 kernels, 60 s of VMs, the longest 30.0 s; seed 1
            jobs   seconds   busy until the last start   busy in all   factor
               1      64.5                       94.3%         93.0%      1.0
               2      33.0                       96.5%         90.9%      2.0
               3      31.5                           –         63.5%      2.0

            """);
    }

    /// <summary>
    /// Four packages share the line for an hour, then the kernels are booted one after the other; later they are
    /// restored; at last one is new, and three rows are taken over meanwhile.
    /// </summary>
    [Test]
    public Task One_node_has_its_own_disk_and_joins_nothing() => RequireClusterAsync(
        "--kernels 4 --nodes 1 --cores 1 --jobs 1 --new 0.25", """
        cold              1      5.00      5.00          4   80.0%      0.45   20.0%      0.00    0.0%       0.0
        warm              1      2.00      2.00          2  100.0%      0.00    0.0%      0.00    0.0%       0.0
        incremental       1      1.75      1.75          2  100.0%      0.11   14.3%      0.00    0.0%       0.0

        """);

    /// <summary>Eight packages take two hours, the store four more, and each node boots two kernels then.</summary>
    [Test]
    public Task Nodes_wait_for_the_mirror_and_for_a_shared_cache() => RequireClusterAsync(
        "--kernels 8 --nodes 4 --cores 1 --jobs 1 --elements 4 --new 0", """
        cold              4      8.00     10.00         10   25.0%      0.90   25.0%      1.80   50.0%       2.0
        warm              4      3.00      5.00          6   33.3%      0.00    0.0%      0.90   66.7%       2.0
        incremental       4      0.50      2.50          4  100.0%      0.00    0.0%      0.00    0.0%       2.0

        """);

    /// <summary>Each node gets the element that it had, and finds on its disk what it put there.</summary>
    [Test]
    public Task Caches_of_nodes_need_no_store() => RequireClusterAsync(
        "--kernels 8 --nodes 4 --cores 1 --jobs 1 --elements 4 --new 0 --cache node", """
        cold              4      4.00      6.00         10   50.0%      0.90   50.0%      0.00    0.0%       2.0
        warm              4      1.00      3.00          6  100.0%      0.00    0.0%      0.00    0.0%       2.0
        incremental       4      0.50      2.50          4  100.0%      0.00    0.0%      0.00    0.0%       2.0

        """);

    [Test]
    public async Task The_figures_of_the_repository_are_the_default()
    {
        var result = await RunAsync("simulate-cluster", ["--kernels", "20", "--machines", "4", "--nodes", "1"]);
        Assert.That(result.ExitCode, Is.Zero, result.Describe());
        Assert.That(result.StandardOutput, Does.StartWith(Head));
    }

    [TestCase("simulate-cluster", "--jobs 17", "--jobs is at most --cores")]
    [TestCase("simulate-cluster", "--machines 5", "has 4 machines")]
    [TestCase("simulate-cluster", "--nodes 0", "are 1 or more")]
    [TestCase("simulate-jobs", "{0}", "no kernel was tested there")]
    public async Task Mistakes_are_exit_code_2(string script, string arguments, string complaint)
    {
        var empty = _directory.Write("results.json", """{"kernels": []}""");
        var result = await RunAsync(script, arguments.Replace("{0}", empty, StringComparison.Ordinal).Split(' '));
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.Contain(complaint));
    }

    private Task RequireClusterAsync(string options, string said) => RequireAsync(
        "simulate-cluster", _directory.Write("figures.json", Figures),
        $"--machines 1 --mirror 1000 --store 1000 --link 4000 {options}", Head + said);

    private static async Task RequireAsync(string script, string file, string options, string said)
    {
        var result = await RunAsync(script, [file, .. options.Split(' ')]);
        Assert.That(result.ExitCode, Is.Zero, result.Describe());
        Assert.That(result.StandardOutput, Is.EqualTo(said));
    }

    private static Task<FinishedCommand> RunAsync(string script, IReadOnlyList<string> arguments) =>
        new Command(Path.Combine(RealRun.Repository.Path, "scripts", script)).WithArguments(arguments)
            .TryRunAsync(CancellationToken.None);
}
