using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>Real kernels, each share of them in a run of its own, against one run of all.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class ShardedRunTests
{
    [Test]
    public async Task The_joined_run_answers_as_a_run_of_all_kernels()
    {
        using var directory = new TemporaryDirectory();
        var only = RealRun.Only(await Task.WhenAll(new[] { "5.10", "6.1", "7.3" }.Select(RealRun.NewestAsync)));
        var cases = RealRun.Cases(["raw.array_of_maps.array.struct.*"]);
        string[] asked = ["--accel", "tcg", .. only, .. cases];
        await RunAsync(["run", "--out", directory["all"], .. asked]);
        foreach (var share in new[] { "1", "2" })
        {
            await RunAsync(["run", "--shard", $"{share}/2", "--out", directory[share], .. asked]);
        }
        await RunAsync(["merge", directory["2"], directory["1"], "--out", directory["joined"]]);
        await RunAsync(["diff", directory["all"], directory["joined"]]);

        var (all, joined) = (ResultsFile.Read(directory["all"]), ResultsFile.Read(directory["joined"]));
        Assert.That(joined.Run.Complete, Is.True);
        Assert.That(joined.Kernels.Select(k => (k.Id, k.Status, k.Sha256)),
            Is.EqualTo(all.Kernels.Select(k => (k.Id, k.Status, k.Sha256))));
        Assert.That(joined.Ranges.Select(Text), Is.EqualTo(all.Ranges.Select(Text)));
        foreach (var kernel in joined.Kernels)
        {
            Assert.That(Path.Combine(directory["joined"], kernel.Console!), Does.Exist);
        }
    }

    private static string Text(CaseRange range) => $"{range.Case} {range.Arch} {string.Join(", ", range.Segments)}";

    private static async Task RunAsync(params string[] arguments)
    {
        var ended = await RealRun.Harness(arguments).TryRunAsync(CancellationToken.None);
        Assert.That(ended.ExitCode, Is.EqualTo(ExitCodes.AsExpected), ended.Describe());
    }
}
